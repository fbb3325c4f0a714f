import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { costTables, withCosts } from "./hardening-costs.ts";

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const page = read("research/hardening/README.md");

test("the page on hardening has the costs as they were measured: run `npm run docs:data` when this fails", () => {
  const tables = costTables();
  expect(withCosts(page, tables)).toBe(page);
  // A number that was not measured is found in each of them.
  for (const heading of Object.keys(tables)) {
    const [before, after] = page.split(`${heading}\n`) as [string, string];
    expect(withCosts(`${before}${heading}\n${after.replace(/\d\.\d+ \|/, "0.0 |")}`, tables)).toBe(page);
  }
});

test("what is measured of compose.yaml is all that it confines a service by", () => {
  const service = read("research/hardening/compose.yaml").replace(/^networks:.*/ms, "");
  const value = (key: string) => new RegExp(`^ {4}${key}: "?([^"\n]+)`, "m").exec(service)?.[1];
  const items = (key: string) =>
    [...(new RegExp(`^ {4}${key}:\n((?: {6}.*\n)+)`, "m").exec(service)?.[1] ?? "").matchAll(/^ {6}- "?([^"\n]+)/gm)].map(
      ([, item]) => item?.replace("seccomp:./", "seccomp=$work/"),
    );
  const flags = [
    ...[`--user ${value("user")}`, value("read_only") === "true" ? "--read-only" : ""],
    ...items("tmpfs").map((item) => `--tmpfs ${item}`),
    ...items("cap_drop").map((item) => `--cap-drop ${item}`),
    ...items("security_opt").map((item) => `--security-opt ${item}`),
    ...[`--memory ${value("mem_limit")}`, `--memory-swap ${value("memswap_limit")}`],
    ...[`--pids-limit ${value("pids_limit")}`, `--cpus ${value("cpus")}`],
    ...items("ports").map((item) => `--publish ${item}`),
    ...items("networks").map((item) => `--network ${item}`),
  ];
  const script = read("scripts/hardening-costs");
  const typed = (name: string) => new RegExp(`${name}="([^"]+)"`).exec(script)?.[1]?.replaceAll(/\s+/g, " ");
  expect(typed("compose")?.replace("$confined", typed("confined") ?? "")).toBe(flags.join(" "));
  // What is left is no flag of a start that is measured.
  const keys = [...service.matchAll(/^ {4}(\w+):/gm)].map(([, key]) => key);
  expect(
    keys.filter((key) => !/^(image|user|read_only|tmpfs|cap_drop|security_opt|mem|pids|cpus|ports|networks)/.test(key ?? "")),
  ).toEqual(["restart"]);
});
