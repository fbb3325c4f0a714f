import { describe, expect, it } from "vitest";
import { MisuseError } from "../../../research/misuse.ts";
import { settingsThatDiffer } from "./settings.ts";
import { splitWords } from "./split-words.ts";
import { hidesValues, newSalt, parseVariants, recordedVariant, type Variant } from "./variants.ts";

const SURROUNDINGS = { read: () => "", variable: () => undefined, absolute: (path: string) => path };
const parse = (...texts: string[]) => parseVariants(texts, [{ name: "read-only", value: "true" }], SURROUNDINGS);

describe("words are parted as a shell does, and nothing else is done", () => {
  it.each([
    ["", []],
    ["  -e  A=b\t-e C=d\n", ["-e", "A=b", "-e", "C=d"]],
    ['-e \'A=b c\' -e "D=e \\"f\\"" g\\ h', ["-e", "A=b c", "-e", 'D=e "f"', "g h"]],
    ["a'b'\"c\"d ''", ["abcd", ""]],
    ["$(x) `y` ; | > * ~ $HOME", ["$(x)", "`y`", ";", "|", ">", "*", "~", "$HOME"]],
  ])("%j", (line, expected) => expect(splitWords(line)).toEqual(expected));

  it.each(["'", 'a "b', "\\"])("%j does not end", (line) => expect(() => splitWords(line)).toThrow(MisuseError));
});

describe("variants", () => {
  it("have a name, flags of their own behind those of all, and what the engine is asked for", () => {
    const [base, limited] = parse("base=", "limited=-m 256m --label 'a=b c'");
    expect(base).toMatchObject({ name: "base", own: [], body: { HostConfig: { ReadonlyRootfs: true } } });
    expect(limited).toMatchObject({
      flags: [{ name: "read-only" }, { name: "memory", value: "256m" }, { name: "label", value: "a=b c" }],
      body: { HostConfig: { ReadonlyRootfs: true, Memory: 268_435_456 }, Labels: { a: "b c" } },
    });
    expect(parse()).toMatchObject([{ name: null, body: { HostConfig: { ReadonlyRootfs: true } } }]);
  });

  it.each([
    ["x", "takes NAME='FLAGS'"],
    ["a b=", "takes NAME='FLAGS'"],
    ["a=|a=", "given more than once"],
    ["a=--foo", '"--foo" is no flag of docker run'],
    ["a=--init nginx", '"nginx" is no flag of docker run'],
    ["a=-h", '"-h" is no flag of docker run'],
    ["a=--name x", "--variant a: --variant does not take docker's --name"],
    ["a=-m 1x", "--variant a: --memory: expected a size"],
    ["a='", "--variant a: a quote"],
  ])("%s is misuse", (texts, message) => {
    expect(() => parse(...texts.split("|"))).toThrow(MisuseError);
    expect(() => parse(...texts.split("|"))).toThrow(message);
  });

  it("are written to files without values of the environment, and are the same when read again", () => {
    const [variant] = parse("a=-e S=secret -e NAME -l 'x=it'\\''s'");
    // Python: hashlib.pbkdf2_hmac("sha256", b"secret", bytes.fromhex("00112233445566ff"), 100_000, 6).hex()
    const recorded = recordedVariant(variant as Variant, "00112233445566ff");
    expect(recorded).toBe("a=--env=S=pbkdf2:00112233445566ff:e7eb33aaeea1 --env=NAME '--label=x=it'\\''s'");
    // Written before there were salts: the SHA-256.
    expect(recordedVariant(variant as Variant, undefined)).toContain("--env=S=sha256:2bb80d537b1d ");
    expect(hidesValues(recorded)).toBe(true);
    const [again] = parse("b=-m 1g --label 'c=d e'").map((each) => recordedVariant(each, newSalt()));
    expect(hidesValues(again as string)).toBe(false);
    expect(parse(again as string).map((each) => recordedVariant(each, newSalt()))).toEqual([again]);
  });

  it("settings are what differs from a container without flags", () => {
    const plain = { Memory: 0, Env: ["PATH=/bin"], Hostname: "a" };
    const profile = `seccomp=${"x".repeat(400)}`;
    const found = settingsThatDiffer({ Memory: 5, Env: ["PATH=/bin", "S=secret"], Hostname: "b", SecurityOpt: [profile] }, plain);
    expect(found).toMatchObject({ Memory: 5, Env: ["PATH", "S"] });
    expect(JSON.stringify(found)).toMatch(/x… \(408 characters, sha256:[0-9a-f]{64}\)/);
  });
});
