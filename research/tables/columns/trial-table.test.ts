import { describe, expect, it } from "vitest";
import { EXPERIMENTS } from "../../protocol.ts";
import { unixNs } from "../../units.ts";
import { TABLES } from "../catalogue.ts";
import { copyUpTable } from "../copy-up.ts";

describe("the tables", () => {
  it("are one for each experiment", () => {
    expect([...TABLES.map(({ name }) => name)].sort()).toEqual([...EXPERIMENTS].sort());
  });

  it.each(TABLES.slice(1).map((table) => [table.name, Object.keys(table.columns)] as const))(
    "%s has the leading columns of all",
    (_, columns) => {
      expect(columns.slice(0, 4)).toEqual(["trial", "session", "block", "warmup"]);
      const outcome = columns.indexOf("outcome");
      expect(outcome).toBeGreaterThan(4);
      expect(columns.slice(outcome, outcome + 3)).toEqual(["outcome", "container_id", "started_unix_ns"]);
      expect(columns.at(-1)).toBe("reason");
    },
  );

  it("hold what was not measured as empty cells, and a reason with whatever an engine says", () => {
    const row = {
      trial: 1,
      session: 1,
      block: 1,
      warmup: false,
      storage: "layer" as const,
      file_bytes: 1_000_000,
      outcome: "failed" as const,
      container_id: null,
      started_unix_ns: unixNs(1_790_000_000_000_000_000n),
      ...copyUpTable.unmeasured,
      reason: 'no space, "disk" full',
    };
    const line = copyUpTable.formatRow(row);
    expect(line).toBe('1,1,1,false,layer,1000000,failed,,1790000000000000000,,,,,"no space, ""disk"" full"\n');
    expect(copyUpTable.parse(copyUpTable.header + line, "copy-up.csv")).toEqual([row]);
    expect(() => copyUpTable.parse(`${copyUpTable.header}${line.replace("disk", "di\u001bsk")}`, "copy-up.csv")).toThrow(
      "column reason",
    );
  });
});
