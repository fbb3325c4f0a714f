import { describe, expect, it } from "vitest";
import { callError } from "./call-error.ts";

/** As docker-modem words it. */
const answered = (statusCode: number, reason: string, said: string) =>
  Object.assign(new Error(`(HTTP code ${statusCode}) ${reason} - ${said} `), { statusCode });

const PAGE = "<html><body><h1>403 Forbidden</h1>\nRequest forbidden by administrative rules.\n</body></html>\n";

describe("an error of a call", () => {
  it.each([
    ["GET /events", "EVENTS=1)"],
    ["GET /info", "INFO=1)"],
    ["GET /images/small/json", "IMAGES=1)"],
    ["POST /containers/create", "CONTAINERS=1 and POST=1)"],
    ["DELETE /volumes/x", "VOLUMES=1 and POST=1)"],
    ["GET /_ping", "PING=1)"],
  ])("names what a socket proxy forbids and what to allow: %s", (call, allow) => {
    const error = callError(call, answered(403, "unexpected", PAGE));
    expect(error.refused).toBe(true);
    expect(error.message).toContain(`${call} is forbidden on this engine (code 403: 403 Forbidden Request forbidden`);
    expect(error.message).toContain(`allow it there (docker-socket-proxy: ${allow}`);
  });

  it("of a plugin keeps the plugin's words", () => {
    const said = "authorization denied by plugin opa: no";
    expect(callError("POST /containers/create", answered(403, "unexpected", said)).message).toContain(said);
  });

  it("passes a registry's refusal on as one", () => {
    const { message } = callError("GET /distribution/a/json", answered(403, "unexpected", "requested access is denied"));
    expect(message).toBe("GET /distribution/a/json failed with code 403: requested access is denied");
  });

  it.each([
    ['OCI runtime create failed: exec: "nope": executable file not found in $PATH', "check the command"],
    ["invalid reference format: repository name must be lowercase", "lower case"],
    ["OCI runtime create failed: exec format error", "cannot be executed on this processor"],
    ["Client sent an HTTP request to an HTTPS server.", "DOCKER_TLS_VERIFY=1"],
  ])("says the call, the code and what to do: %s", (said, advice) => {
    const { message } = callError("POST /containers/ab12/start", answered(400, "unexpected", said));
    expect(message).toMatch(/^POST \/containers\/ab12\/start failed with code 400: /);
    expect(message).toContain(said);
    expect(message).toContain(advice);
  });

  it("reads a page of HTML, and says when nothing was said", () => {
    const page = "<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>";
    expect(callError("GET /info", answered(502, "unexpected", page)).message).toBe(
      "GET /info failed with code 502: 502 Bad Gateway",
    );
    expect(callError("GET /info", answered(500, "server error", "")).message).toBe(
      "GET /info failed with code 500: no reason given",
    );
  });

  it("without an answer has the system's code", () => {
    const error = callError("GET /info", Object.assign(new Error("socket hang up"), { code: "ECONNRESET" }));
    expect(error).toMatchObject({ code: "ECONNRESET", statusCode: undefined, refused: false });
    expect(error.message).toBe("GET /info: the connection was closed without an answer");
  });
});
