import { describe, expect, it, test } from "vitest";
import { PHASE_NAMES, PHASES } from "../phases.ts";
import { type Engine, networkElsewhere, phaseWords } from "./phase-words.ts";

const engine = (server: string, mode = "bridge", runtime = "runc", components = { Engine: server }): Engine => ({
  ...{ server, components, runtime, network: { mode } },
});
const podman = { server: "5.8.6", components: { "Podman Engine": "5.8.6" }, runtime: "runc", network: { mode: "bridge" } };
const alone = (phase: (typeof PHASE_NAMES)[number]) => ({ phase, encloses: [] });

test.each(PHASE_NAMES)("%s has a name of at most 18 letters, no other's, and a clause of one line", (phase) => {
  const { title, clause } = PHASES[phase];
  expect(title).toMatch(/^[a-z ]{3,18}$/);
  expect(clause.length).toBeLessThanOrEqual(38);
  expect(clause).toMatch(/[^.]$/);
  expect(PHASE_NAMES.filter((other) => PHASES[other].title === title)).toEqual([phase]);
});

describe("phaseWords", () => {
  it("calls the hook of Docker up to 27 the network's", () => {
    expect(phaseWords(alone("hook"), engine("26.1.5+dfsg1")).title).toBe("network hook");
    expect(phaseWords(alone("hook")).title).toBe("network hook");
  });
  it("does not so from Docker 28 on, where the daemon wires it", () => {
    expect(phaseWords(alone("hook"), engine("28.5.2")).title).toBe("hooks");
    expect(phaseWords(alone("daemon_start_task"), engine("28.5.2")).clause).toContain("wires the network");
    expect(phaseWords(alone("daemon_start_task"), engine("28.5.2", "none")).clause).not.toContain("network");
    expect(phaseWords(alone("daemon_start_task"), engine("27.5.1")).clause).not.toContain("network");
  });
  it("names a phase that holds others by the first and the last", () => {
    const { title, clause } = phaseWords({ phase: "runtime_start", encloses: ["entrypoint"] });
    expect(title).toBe("runtime starts … entrypoint");
    expect(clause).toContain("not told apart");
  });
  it("says where Podman wires it, whatever its version", () => {
    expect(phaseWords(alone("client_attach"), podman).clause).toContain("wires the network");
    expect(phaseWords(alone("daemon_start_task"), { ...podman, server: "30.0" }).clause).not.toContain("network");
  });
});

test.each([
  ["the hook shows it", ["hook"], engine("20.10.24+dfsg1"), null],
  ["Docker 28", [], engine("28.5.2"), /^The network is wired by dockerd in “daemon starts task”$/],
  ["a hook of another kind on Docker 28", ["hook"], engine("28.5.2"), /wired by dockerd/],
  ["the host's", [], engine("20.10.24", "host"), /shares the host's$/],
  ["none", [], engine("28.5.2", "none"), /has none$/],
  ["gVisor", [], engine("28.5.2", "none", "runsc"), /gVisor's own network stack/],
  ["Podman", [], podman, /^Podman wires the network in “client attaches”$/],
  ["Docker 20.10 without a hook", [], engine("20.10.24"), /^No network hook was seen$/],
] as const)("where the network is wired: %s", (_, phases, of, expected) => {
  const sentence = networkElsewhere([...phases], of);
  if (expected === null) expect(sentence).toBeNull();
  else expect(sentence).toMatch(expected);
});
