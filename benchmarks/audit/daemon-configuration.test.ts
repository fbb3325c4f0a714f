import { expect, test } from "vitest";
import { configurationFile, daemonConfiguration } from "./daemon-configuration.ts";

const DEFAULTS = { defaultUlimits: [], userlandProxy: true, noNewPrivileges: false, hosts: [], tlsVerify: false };

test("without a word dockerd has its defaults, and the standard file", () => {
  expect(daemonConfiguration([], undefined)).toEqual(DEFAULTS);
  expect(daemonConfiguration([], " \n")).toEqual(DEFAULTS);
  expect(configurationFile(["-H", "fd://"])).toBe("/etc/docker/daemon.json");
});

test("settings come from the command line and from the file", () => {
  const words = ["-H", "fd://", "--host=tcp://0.0.0.0:2376", "--tlsverify", "--userland-proxy=false", "--config-file", "/x.json"];
  expect(configurationFile(words)).toBe("/x.json");
  const file = JSON.stringify({ "no-new-privileges": true, "default-ulimits": { nofile: { Name: "nofile" } }, icc: false });
  expect(daemonConfiguration(words, file)).toEqual({
    ...{ defaultUlimits: ["nofile"], userlandProxy: false, noNewPrivileges: true, tlsVerify: true },
    hosts: ["tcp://0.0.0.0:2376", "fd://"],
  });
  expect(daemonConfiguration(["--no-new-privileges=false", "--default-ulimit", "core=0"], undefined)).toMatchObject({
    ...{ noNewPrivileges: false, defaultUlimits: ["core=0"] },
  });
});

test("a file that dockerd would not take is an error", () => {
  expect(() => daemonConfiguration([], "{")).toThrow();
  expect(() => daemonConfiguration([], '{"userland-proxy": "no"}')).toThrow();
});
