import { describe, expect, it } from "vitest";
import { limitOf } from "./call-limits.ts";

describe("the limit of a call", () => {
  it("is there for every call but those that last as long as a container", () => {
    for (const call of ["GET /_ping", "GET /info", "GET /version", "POST /containers/create", "POST /images/create"])
      expect(limitOf(call, {})).toBeGreaterThan(0);
    expect(limitOf("POST /containers/ab12/wait", {})).toBeUndefined();
    expect(limitOf("GET /events", {})).toBeUndefined();
  });

  it("is lengthened, never shortened, by seconds as Docker Compose reads them", () => {
    const usual = limitOf("GET /info", {}) ?? 0;
    expect(limitOf("GET /info", { DOCKER_CLIENT_TIMEOUT: "120" })).toBe(120_000);
    expect(limitOf("GET /info", { COMPOSE_HTTP_TIMEOUT: "300" })).toBe(300_000);
    for (const said of ["1", "0", "-1", "soon", ""]) expect(limitOf("GET /info", { DOCKER_CLIENT_TIMEOUT: said })).toBe(usual);
  });
});
