import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { STUDY } from "../paper/source.ts";
import { paperData } from "../testing/paper-data.ts";
import { fetchStudy, fromFolder, fromUrl } from "./fetch-study.ts";

const CONTENT: Readonly<Record<string, string>> = { "one/a.csv": "a,b\n1,2\n", "one/b.csv": "b\n", "two/a.csv": "c\n3\n" };
const sum = (text: string) => createHash("sha256").update(text).digest("hex");
const SUMS = {
  one: { "a.csv": sum("a,b\n1,2\n"), "b.csv": sum("b\n") },
  two: { "a.csv": sum("c\n3\n") },
};

let folder: string;
let server: Server | undefined;
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "tierbench-fetch-")), "data");
});
afterEach(async () => {
  rmSync(dirname(folder), { recursive: true });
  await new Promise((done) => (server === undefined ? done(null) : server.close(done)));
  server = undefined;
});

/** A server of the three files, except for those whose answer is given; and the paths asked of it. */
async function serve(answers: Readonly<Record<string, RequestListener>> = {}): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  server = createServer((request, response) => {
    const path = request.url?.replace("/at/commit/", "") ?? "";
    asked.push(path);
    response.setHeader("connection", "close");
    const answer = answers[path];
    if (answer !== undefined) return answer(request, response);
    return response.end(CONTENT[path]);
  });
  await new Promise<void>((listening) => server?.listen(0, "127.0.0.1", listening));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/at/commit`, asked };
}

const files = () =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter((path) => path.includes("/"))
    .sort();

describe("fetching over HTTP", () => {
  test("fetches every file by its path, and asks for nothing when all are there", async () => {
    const { url, asked } = await serve();
    expect(await fetchStudy(SUMS, folder, fromUrl(url))).toEqual({ kept: 0, fetched: 3, failed: [] });
    expect(files()).toEqual(Object.keys(CONTENT));
    expect(files().map((path) => readFileSync(join(folder, path), "utf8"))).toEqual(Object.values(CONTENT));
    expect(asked).toEqual(Object.keys(CONTENT));
    expect(await fetchStudy(SUMS, folder, fromUrl(url))).toEqual({ kept: 3, fetched: 0, failed: [] });
    expect(asked).toHaveLength(3);
  });

  test("takes up where it was left: a half of a file is fetched again, what is right is kept", async () => {
    const { url, asked } = await serve();
    mkdirSync(join(folder, "one"), { recursive: true });
    writeFileSync(join(folder, "one/a.csv"), "a,b\n1");
    writeFileSync(join(folder, "one/b.csv"), "b\n");
    expect(await fetchStudy(SUMS, folder, fromUrl(url))).toEqual({ kept: 1, fetched: 2, failed: [] });
    expect(asked).toEqual(["one/a.csv", "two/a.csv"]);
    expect(readFileSync(join(folder, "one/a.csv"), "utf8")).toBe("a,b\n1,2\n");
  });

  const truncated: RequestListener = (_, response) => {
    response.writeHead(200, { "content-length": "8" });
    response.write("a,b\n", () => response.destroy());
  };
  test.each<[string, RequestListener, RegExp]>([
    ["a file that is not there", (_, response) => response.writeHead(404).end("no"), /^HTTP 404 Not Found from http:/],
    ["a server's error", (_, response) => response.writeHead(503).end(), /^HTTP 503 Service Unavailable from http:/],
    ["a body that is cut off", truncated, /^the connection broke off \(\w+\) from http:/],
    ["an answer that is cut off", (_, response) => response.destroy(), /^the connection broke off \(\w+\) from http:/],
    [
      "another content of the right length",
      (_, response) => response.end("a,b\n1,3\n"),
      new RegExp(`^SHA-256 ${sum("a,b\n1,3\n")} of 8 bytes, expected ${SUMS.one["a.csv"]}; not kept$`),
    ],
  ])("%s: says so, writes nothing in its place, and continues", async (_, answer, reason) => {
    const { url } = await serve({ "one/a.csv": answer });
    const report = await fetchStudy(SUMS, folder, fromUrl(url));
    expect(report).toEqual({ kept: 0, fetched: 2, failed: [{ file: "one/a.csv", reason: expect.stringMatching(reason) }] });
    expect(files()).toEqual(["one/b.csv", "two/a.csv"]);
  });

  test("nothing listens: every file is named, and the host is asked once", async () => {
    const { url } = await serve();
    await new Promise((closed) => server?.close(closed));
    server = undefined;
    let asked = 0;
    const read = fromUrl(url);
    const report = await fetchStudy(SUMS, folder, (file) => {
      asked += 1;
      return read(file);
    });
    const reason = `no connection to ${new URL(url).host} (ECONNREFUSED): is the network available?`;
    expect(report).toEqual({ kept: 0, fetched: 0, failed: Object.keys(CONTENT).map((file) => ({ file, reason })) });
    expect(asked).toBe(1);
    expect(existsSync(folder)).toBe(false);
  });

  test("a folder that cannot be written to ends it, and says what to do", async () => {
    const { url } = await serve();
    writeFileSync(folder, "a file");
    await expect(fetchStudy(SUMS, folder, fromUrl(url))).rejects.toThrow(/^cannot write to .*; give another folder with --data$/);
  });
});

describe("copying from a folder", () => {
  test("checks the same sums, and names what is missing or other", async () => {
    const from = join(dirname(folder), "from");
    mkdirSync(join(from, "one"), { recursive: true });
    writeFileSync(join(from, "one/a.csv"), CONTENT["one/a.csv"] as string);
    writeFileSync(join(from, "one/b.csv"), "B\n");
    const { kept, fetched, failed } = await fetchStudy(SUMS, folder, fromFolder(from, { folder: "inside", sha256: SUMS }));
    expect({ kept, fetched }).toEqual({ kept: 0, fetched: 1 });
    expect(failed).toEqual([
      { file: "one/b.csv", reason: expect.stringMatching(/^SHA-256 /) },
      { file: "two/a.csv", reason: `not in ${from}` },
    ]);
    expect(files()).toEqual(["one/a.csv"]);
  });

  test("what is no regular file is named, and nobody waits for it", async () => {
    const from = join(dirname(folder), "from");
    for (const place of [from, folder]) mkdirSync(join(place, "one"), { recursive: true });
    execFileSync("mkfifo", [join(from, "one/a.csv"), join(folder, "one/b.csv")]);
    const { failed } = await fetchStudy(SUMS, folder, fromFolder(from, { folder: "inside", sha256: SUMS }));
    expect(failed.slice(0, 2).map(({ reason }) => reason)).toEqual([
      `${join(from, "one/a.csv")}: not a regular file`,
      `${join(folder, "one/b.csv")}: not a regular file`,
    ]);
  });

  test("a folder that is not there is misuse", () => {
    expect(() => fromFolder(join(folder, "nope"), STUDY)).toThrow(/^--from .*nope: no such folder$/);
  });

  test.skipIf(paperData === undefined)("the study's 36 files are what their sums say", async () => {
    expect(await fetchStudy(STUDY.sha256, folder, fromFolder(paperData as string, STUDY))).toEqual({
      kept: 0,
      fetched: 36,
      failed: [],
    });
  });
});
