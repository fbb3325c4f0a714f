import { expect, it } from "vitest";
import { MisuseError } from "../../research/misuse.ts";
import { parseUntil } from "./until.ts";

it.each([
  ["healthy", { kind: "healthy" }],
  ["port:8080", { kind: "port", port: 8080 }],
  ["http:80", { kind: "http", port: 80, path: "/" }],
  ["http:8080/healthz?x=1", { kind: "http", port: 8080, path: "/healthz?x=1" }],
  ["log:^ready: \\d+$", { kind: "log", pattern: /^ready: \d+$/m }],
])("%s", (text, expected) => expect(parseUntil(text)).toEqual(expected));

it.each(["", "port", "port:", "port:0", "port:65536", "port:x", "http:80x", "http:/x", "http:80/a b", "log:", "log:(", "ready"])(
  "%j is misuse",
  (text) => expect(() => parseUntil(text)).toThrow(MisuseError),
);
