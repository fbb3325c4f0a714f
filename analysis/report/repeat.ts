/** How what the report shows can be measured, and the report be made, once more. */
import { LABEL_PATTERN } from "../../research/protocol.ts";
import { type Block, code } from "../format/document.ts";
import type { Source } from "../platform.ts";

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
          ? sessionCommands(source)
          : [["The raw files of ", code(source.label), " were measured by the study's own script."]],
      ),
      ["This page: ", code(`scripts/tierbench report ${sources.map(({ label }) => quoted(label)).join(" ")} --out report.html`)],
      [
        "Its numbers, unrounded: ",
        code(`scripts/tierbench analyze ${sources.map(({ label }) => quoted(label)).join(" ")} --format json`),
      ],
    ],
  },
];

/** For a POSIX shell: the name of a folder in the study's format may be anything, and a command is there to be copied. */
const quoted = (label: string): string => (LABEL_PATTERN.test(label) ? label : `'${label.replaceAll("'", "'\\''")}'`);

const sessionCommands = ({ label, manifest: { sessions } }: Extract<Source, { manifest: unknown }>) =>
  sessions.map(({ session, seed, tool, iterations, experiments }) => {
    const names = experiments?.map(({ name }) => name) ?? ["startup"];
    const times = Math.max(iterations.warm, ...(experiments ?? []).map((experiment) => experiment.iterations));
    const command = `scripts/tierbench run ${names.join(" ")} --platform ${label} --seed ${seed} --iterations ${times}${session > 1 ? " --append" : ""}`;
    const commit = tool.commit === null ? "" : ` at commit ${tool.commit}`;
    return [`${label}, session ${session}, measured by tierbench ${tool.version}${commit}: `, code(command)];
  });
