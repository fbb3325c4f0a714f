/** How what the report shows can be measured, and the report be made, once more. */
import type { ImageDescription, Manifest, PlannedRun, Session } from "../../research/manifest.ts";
import { EXPERIMENTS, IMAGE_SIZES } from "../../research/protocol.ts";
import { shellWord } from "../../research/text/shell-word.ts";
import { type Block, code, type Inline } from "../format/document/document.ts";
import type { Platform, Source } from "../subjects/platform.ts";

export const repeatBlocks = (sources: readonly Source[], toolVersion: string): Block[] => [
  {
    kind: "paragraph",
    text: [`Made by tierbench ${toolVersion}. The same folders and the same version give the same file, byte for byte.`],
  },
  {
    kind: "list",
    items: [
      ...sources.flatMap((source) =>
        "manifest" in source
          ? runsOf(source.manifest).map((run) => runCommand(source, run))
          : [["The raw files of ", code(source.label), " were measured by the study's own script."]],
      ),
      [
        "This page: ",
        code(`scripts/tierbench report ${sources.map(({ label }) => shellWord(label)).join(" ")} --out report.html`),
      ],
      [
        "Its numbers, unrounded: ",
        code(`scripts/tierbench analyze ${sources.map(({ label }) => shellWord(label)).join(" ")} --format json`),
      ],
    ],
  },
];

/** Sessions that one command measured. */
interface Run {
  readonly sessions: readonly [Session, ...Session[]];
  /** What it was asked for; older files do not tell, and have one session a run. */
  readonly plan: PlannedRun | undefined;
}

function runsOf({ runs = [], sessions }: Manifest): Run[] {
  const planOf = ({ session }: Session): PlannedRun | undefined =>
    runs.find((run) => run.sessions.some((planned) => planned.session === session));
  return sessions.flatMap((session): Run[] => {
    const plan = planOf(session);
    const [first, ...rest] = plan === undefined ? [session] : sessions.filter((other) => planOf(other) === plan);
    return first === session ? [{ sessions: [first, ...rest], plan }] : [];
  });
}

function runCommand({ label, manifest }: Platform, { sessions, plan }: Run): Inline {
  const [first] = sessions;
  const last = sessions.at(-1) ?? first;
  const { tool, target, registry, probe } = first;
  const measured = sessions.flatMap(({ experiments = [] }) => experiments);
  const experiments = EXPERIMENTS.flatMap((name) => measured.find((one) => one.name === name) ?? []);
  const { images, notes } = imagesOption(experiments.length === 0 ? first : { ...first, experiments });
  const command = [
    `scripts/tierbench run ${experiments.length === 0 ? "startup" : experiments.map(({ name }) => name).join(" ")}`,
    ...platformOptions(manifest.label, first),
    ...(first.session > 1 ? ["--append"] : []),
    `--seed ${plan?.seed ?? first.seed}`,
    ...amountOptions(first, plan),
    ...(images === "" ? [] : [`--images ${shellWord(images)}`]),
    `--probe ${probe.name}`,
    ...(target === undefined ? [] : [`--target ${target}`]),
    ...(registry === undefined ? [] : [`--registry ${registry}`]),
  ].join(" ");
  const commit = tool.commit === null ? "" : ` at commit ${tool.commit}`;
  const which = first === last ? `session ${first.session}` : `sessions ${first.session} to ${last.session}`;
  return [`${label}, ${which}, measured by tierbench ${tool.version}${commit}: `, code(command), ...notes];
}

/** Platforms that were measured in turns are named together, each with a place for its engine. */
const platformOptions = (label: string, { paired_with }: Session): string[] =>
  paired_with === undefined
    ? [`--platform ${again(label)}`]
    : [label, ...paired_with].sort().map((each) => `--platform ${again(each)}=ENGINE`);

function amountOptions({ iterations }: Session, plan: PlannedRun | undefined): string[] {
  if (plan !== undefined)
    return [
      `--iterations ${plan.iterations}`,
      `--sessions ${plan.sessions.filter(({ rest_of }) => rest_of === undefined).length}`,
      ...(plan.precision === undefined ? [] : [`--precision ${Number((100 * plan.precision).toPrecision(12))}%`]),
    ];
  // Of the other experiments a rounded share of it is what is known.
  return iterations.warm > 0 ? [`--iterations ${iterations.warm}`] : [];
}

/** Under its own label there are results already, which `run` does not touch. */
const again = (label: string): string => `${label.slice(0, 57)}-again`;

interface ImagesOption {
  /** "" where no image is known. */
  readonly images: string;
  readonly notes: Inline;
}

/** What `--images` has to be for the images that were measured. */
function imagesOption(session: Session): ImagesOption {
  const { images, experiments = [] } = session;
  const others = experiments.some(({ name }) => name !== "startup");
  const started = startImages(session);
  // The other experiments run in images of ours or of the paper, and in the paper's only where all of them were asked for.
  if (others && images.length > 0 && !images.some(isLocal)) {
    const then = images.map(({ reference }) => reference).join(", ");
    return { images: "paper", notes: [`, whose tags then meant ${then}`] };
  }
  const named = started.length > 0 ? started : images;
  const pulled = named.flatMap(({ reference }) => (reference.includes("@") ? [`docker pull ${shellWord(reference)}`] : []));
  return {
    images: named.map((image) => (isLocal(image) ? image.name : `${image.name}=${image.reference}`)).join(","),
    notes: pulled.length === 0 ? [] : [", after ", code(pulled.join(" && "))],
  };
}

/** Built by scripts/images; any other reference has to be given. */
const isLocal = ({ name, reference }: ImageDescription): boolean =>
  IMAGE_SIZES.some((size) => name === size && reference.startsWith(`tierbench/${size}:`));

/** Older files, which name no experiments, are of startup alone. */
function startImages({ images, experiments }: Session): readonly ImageDescription[] {
  if (experiments === undefined) return images;
  const conditions = experiments.find(({ name }) => name === "startup")?.conditions ?? [];
  return images.filter(({ name }) => conditions.includes(`${name} warm`));
}
