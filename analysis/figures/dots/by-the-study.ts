/** What was measured as the published study measured it, by the docker command. */
import { TIERS } from "../../../research/phases.ts";
import { dotFigure } from "./kinds/dot-figure.ts";

const TIER_METRICS: ReadonlySet<string> = new Set(TIERS.map((tier) => `${tier}_ms`));

const runFigure = (experiment: string, what: string, about: string) =>
  dotFigure({
    what,
    about,
    experiment,
    shows: ({ metric }) => !TIER_METRICS.has(metric),
    lead: "What the published study calls a startup, and its parts: the command before its create request, the start until the entrypoint acts, its exit, the removal, the command after it.",
  });

export const dockerRun = runFigure("study-warm", "docker run", "docker run --rm with a warm page cache");
export const coldDockerRun = runFigure("study-cold", "docker run, cold", "docker run --rm after the page cache was dropped");

export const dockerPull = dotFigure({
  what: "docker pull",
  about: "docker pull of an image of which nothing is there",
  experiment: "study-pull",
  lead: "The time of the whole command, as the published study took it.",
});

export const studyDimensions = dotFigure({
  what: "As the study measured",
  about: "The published study's other dimensions by its own commands",
  experiment: "study-dimensions",
  lead: "Differences of two runs are as they are, negative ones among them.",
});
