/** What the title and the abstract say the study is: a decomposition, of ten dimensions. */
import { V3_FILES } from "../../subjects/v3-files.ts";
import { type AuditedStudy, measurementsOf } from "../audited-study.ts";
import type { Assessment, Claim } from "../claim.ts";
import type { DataNeed } from "../published.ts";
import { ABSTRACT, DATA, PLATFORMS, STARTUP } from "./study.ts";

const everything: DataNeed[] = V3_FILES.map(({ file }) => ({ file, columns: [], conditions: [], platforms: PLATFORMS }));

const publishedParts = {
  text: "decomposing startup (2 parts in figure 7)",
  value: 2,
  unit: "timed parts of a start",
  decimals: 0,
  source: "arXiv:2602.15214v1, title",
} as const;

export const decomposing: Claim = {
  id: "decomposing",
  claim: "The study decomposes the time of a container's start.",
  published: publishedParts,
  data: [{ file: STARTUP, columns: ["startup_ms"], conditions: [], platforms: PLATFORMS }],
  how: "Counted: the columns that time a part of a start, on any machine.",
  assess: assessParts,
  figure: "fig7-overhead-decomposition",
  command: ["analyze", ...PLATFORMS.map((platform) => `${DATA}/${platform}`)],
  remeasuring: null,
  view: "A start is one number in these data. Its parts need a clock inside the engine's processes: they are what tierbench adds.",
};

/** Whatever stands beside the whole is a part of it. */
const WHOLE = "startup_ms";

function assessParts(study: AuditedStudy): Assessment {
  const columns = new Set(PLATFORMS.flatMap((platform) => measurementsOf(study, platform, STARTUP).map(({ metric }) => metric)));
  const parts = [...columns].filter((column) => column !== WHOLE);
  return {
    recomputed: parts.length,
    recomputed_ci: null,
    reasons: [
      {
        bearing: parts.length === publishedParts.value ? "supports" : "contradicts",
        text: `every start is one number, ${WHOLE}: the wall clock of docker run --rm, its client, the exit and the removal included; no column times a part of it, and what figure 7 stacks are two measurements of different processes`,
        numbers: { parts: parts.length },
      },
    ],
  };
}

const publishedDimensions = {
  text: "10 performance dimensions",
  value: 10,
  unit: "files with numbers",
  decimals: 0,
  source: ABSTRACT,
} as const;

export const dimensions: Claim = {
  id: "dimensions",
  claim: "Ten dimensions of performance were measured on every platform.",
  published: publishedDimensions,
  data: everything,
  how: "Counted: the files of each platform in which at least one row has a number; the least and the most of the platforms.",
  assess: assessDimensions,
  figure: null,
  command: ["paper", "tables", "--data", DATA],
  remeasuring: null,
  view: "Nine dimensions were measured, eight on the laptop. The tenth file is notes in prose.",
};

function assessDimensions(study: AuditedStudy): Assessment {
  const counts = PLATFORMS.map((platform) => {
    const empty = V3_FILES.filter(({ file }) => measurementsOf(study, platform, file).every(({ values }) => values.length === 0));
    return { platform, measured: V3_FILES.length - empty.length, empty: empty.map(({ file }) => file) };
  });
  const lacking = counts
    .filter(({ empty }) => empty.length > 0)
    .map(({ platform, empty }) => `${empty.join(", ")} on ${platform}`);
  const measured = counts.map((each) => each.measured);
  return {
    recomputed: [Math.min(...measured), Math.max(...measured)],
    recomputed_ci: null,
    reasons: [
      {
        bearing: measured.every((count) => count === publishedDimensions.value) ? "supports" : "contradicts",
        text: `${V3_FILES.length} files hold measurements, and the tenth, 10-qualitative-observations.txt, is notes${lacking.length === 0 ? "" : `; no number at all in ${lacking.join("; ")}`}`,
        numbers: Object.fromEntries(counts.map(({ platform, measured: count }) => [platform, count])),
      },
    ],
  };
}
