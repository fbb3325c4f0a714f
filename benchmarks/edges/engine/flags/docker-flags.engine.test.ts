/** Every supported flag sets what docker's own command line sets: both make a container of it, and the engine describes both. */
import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, test } from "vitest";
import { givenFlags } from "../../../commands/docker-flags.ts";
import { traceArguments } from "../../../commands/trace-arguments.ts";
import { FLAGS } from "../../../design/flags/catalogue.ts";
import { containerBody } from "../../../design/flags/container-body.ts";
import type { JsonObject } from "../../../design/flags/flag.ts";
import { splitWords } from "../../../design/flags/split-words.ts";
import { testEngine } from "../../../testing/engine.ts";
import { SURROUNDINGS } from "../../files/surroundings.ts";
import { OWNER_LABEL, ownerToken } from "../../host/owner.ts";
import { provideVolumes } from "./provide-volumes.ts";

const run = promisify(execFile);
const never = new AbortController().signal;
const folder = mkdtempSync(join(tmpdir(), "tierbench-flags-"));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const NETWORK = `tierbench-test-${ownerToken}`;
const VOLUME = `tierbench-test-${ownerToken}`;

let found: Awaited<ReturnType<typeof testEngine>>;
beforeAll(async () => {
  found = await testEngine();
  await found.engine.docker.createNetwork({
    ...{ Name: NETWORK, Driver: "bridge", EnableIPv6: true },
    IPAM: { Config: [{ Subnet: "10.213.7.0/24" }, { Subnet: "fd00:213::/64" }] },
  });
  await found.engine.docker.createVolume({ Name: VOLUME });
});
afterAll(async () => {
  await found.engine.docker.getNetwork(NETWORK).remove();
  await found.engine.docker.getVolume(VOLUME).remove();
  rmSync(folder, { recursive: true });
  await found[Symbol.asyncDispose]();
});

const ENVIRONMENT = file("env", "\uFEFF# nothing\n  A=b c \n\nEMPTY=\nPATH\nTIERBENCH_NOT_THERE\nQUOTED='x y' # no comment\n");
const LABELS = file("labels", "# none\na=b\nc\n");
const SECCOMP = file("seccomp.json", '{ "defaultAction": "SCMP_ACT_ALLOW",\n "syscalls": [] }\n');

/** Refused by both where kernel, storage or API are too old for them. */
const NOT_OF_EVERY_ENGINE: readonly string[] = [
  "--annotation a=b",
  "--storage-opt size=1G",
  "--blkio-weight-device /dev/null:100",
  "--cpu-rt-period=1000000 --cpu-rt-runtime 950000",
  "--health-cmd true --health-start-interval=1s",
];

/** Newer clients refuse it for older engines, which take it. */
const NOT_OF_EVERY_CLIENT = "--mac-address 02:42:ac:11:00:99";

/** Together in one container where they do not exclude each other: each line is two calls. */
const LINES: readonly string[] = [
  "",
  "--network host --uts host --pid=host --ipc host --userns=host --privileged",
  `--network ${NETWORK} --network-alias a --net-alias=b --ip 10.213.7.7 --ip6 fd00:213::7 --hostname h --domainname d.example`,
  "--net=none --init --read-only --cgroupns=private --ipc private",
  "--init=false --read-only=0 -it --rm -d -w/tmp -u 1000:1000 --group-add 5 --group-add=audio",
  `-e A=b=c -eB= -e=C=d -e PATH -e TIERBENCH_NOT_THERE --env A=again --env-file ${ENVIRONMENT}`,
  `--label x=y=z -l only --label-file ${LABELS} --entrypoint /bin/echo`,
  "--entrypoint ''",
  "-m 256m --memory-reservation=0.125g --memory-swap -1 --memory-swappiness 7 --oom-kill-disable --oom-score-adj=-5",
  "--cpus 0.5 -c 512 --cpuset-cpus=0 --cpuset-mems 0 --pids-limit 100 --shm-size '96 MiB'",
  "--cpu-period 50000 --cpu-quota=25000 --cgroup-parent /tierbench-test --blkio-weight=0",
  "--ulimit nofile=1024:2048 --ulimit=core=-1 --device /dev/null:/dev/x:r --device=/dev/zero --device-cgroup-rule 'c 10:* rwm'",
  "--device-read-bps /dev/null:1mb --device-write-bps=/dev/null:2k --device-read-iops /dev/null:10 --device-write-iops=/dev/null:20",
  `-v ${VOLUME}:/a:ro -v/new -v ${folder}:/b --volume /tmp:/c:ro,rslave --tmpfs /t --tmpfs=/u:size=1m,mode=1777`,
  `--mount type=bind,source=${folder},target=/b,readonly --mount '"type=volume",src=${VOLUME},dst=/a,volume-nocopy'`,
  "--mount=type=tmpfs,destination=/t,tmpfs-size=1m,tmpfs-mode=1770",
  "--mount type=volume,target=/n,volume-label=a=b,volume-driver=local",
  "--volume-driver local --log-driver json-file --log-opt max-size=1m --log-opt=max-file=2",
  `--log-driver=none --cap-add CAP_NET_ADMIN --cap-drop=ALL --security-opt no-new-privileges --security-opt seccomp=${SECCOMP}`,
  "--security-opt seccomp=unconfined --security-opt=systempaths=unconfined --sysctl net.ipv4.ip_forward=1",
  "-p 8080:80 -p=127.0.0.1:9000-9001:90-91/udp -p [::1]::53 -P --expose 70-71/tcp -p 7000-7002:79",
  "--add-host a:1.2.3.4 --add-host=b:::1 --add-host c:host-gateway --dns 9.9.9.9 --dns-search=example --dns-option ndots:2",
  "--stop-signal SIGUSR1 --stop-timeout 3 --runtime runc",
  "--health-cmd 'test -e /x' --health-interval=1m30s --health-timeout 500ms --health-retries=3 --health-start-period 1.5s",
  "--no-healthcheck --sig-proxy=false -q --volumes-from CONTAINER",
  ...NOT_OF_EVERY_ENGINE,
  NOT_OF_EVERY_CLIENT,
];

type Described = Readonly<Record<"Config" | "HostConfig", Readonly<Record<string, unknown>>>>;

/** Without what a name, an id, our label, or being attached makes different; nothing, empty and default are one. */
function settings(answer: Answer): unknown {
  if ("refused" in answer) return answer;
  const { Config, HostConfig } = answer;
  const { AttachStdin, AttachStdout, AttachStderr, StdinOnce, Hostname, Labels, Env, ...config } = Config;
  const labels = Object.entries((Labels ?? {}) as Record<string, string>).filter(([name]) => name !== OWNER_LABEL);
  // An engine that is told nothing of a host configuration leaves its defaults for restart and runtime unsaid.
  const { ConsoleSize, AutoRemove, RestartPolicy, Runtime, ...rest } = HostConfig;
  const hostConfig = { ...rest, Runtime: Runtime === "runc" || Runtime === undefined ? null : Runtime };
  const given = /^[0-9a-f]{12}$/.test(String(Hostname)) ? null : Hostname;
  return meant({ ...config, labels, given, Env: environment((Env ?? []) as readonly string[]), ...hostConfig });
}

/** Docker's client sends variables in random order, and of a name that was given twice the last. */
const environment = (variables: readonly string[]): JsonObject =>
  Object.fromEntries(variables.map((variable) => [variable.split("=", 1)[0], variable]));

/** Docker's client sends these lists in random order. */
const RANDOM: readonly string[] = ["Binds", "Ulimits"];
const sorted = (list: readonly unknown[] | null): unknown =>
  list?.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) ?? null;

const meant = (value: unknown): unknown => {
  if (typeof value !== "object" || value === null) return value === "" || value === 0 || value === false ? null : value;
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(meant);
  const entries = Object.entries(value).map(
    ([key, inner]) => [key, meant(RANDOM.includes(key) ? sorted(inner) : inner)] as const,
  );
  const kept = entries.filter(([, inner]) => inner !== null).sort(([a], [b]) => (a < b ? -1 : 1));
  return kept.length === 0 ? null : Object.fromEntries(kept);
};

const flagsIn = (words: readonly string[]) => {
  const typed = traceArguments([...words, "IMAGE"]).filter((word) => word.startsWith("--") && word.includes("="));
  const options: Record<string, string[]> = {};
  for (const word of typed) {
    const end = word.indexOf("=");
    const name = word.slice(2, end);
    options[name] = [...(options[name] ?? []), word.slice(end + 1)];
  }
  return givenFlags(options);
};

type Answer = Described | { readonly refused: string };

/** What an engine says of a container, or why there is none; the container is removed in any case. */
async function described(make: () => Promise<string>): Promise<Answer> {
  let id: string;
  try {
    id = await make();
  } catch (error) {
    return { refused: String(error) };
  }
  const container = found.engine.docker.getContainer(id);
  try {
    return (await container.inspect()) as never;
  } finally {
    await container.remove({ force: true, v: true });
  }
}

const ours = (words: readonly string[]): Promise<Answer> =>
  described(() => {
    const body = containerBody(flagsIn(words), SURROUNDINGS);
    return found.engine.create({ image: found.small, command: ["true"], body }, never);
  });

/** `create` attaches nothing and removes nothing: these flags are of `run` alone. */
const ofRun = /^(-d|-q|--sig-proxy.*)$/;
const clients = (words: readonly string[]): Promise<Answer> =>
  described(async () => {
    const typed = words.filter((word) => !ofRun.test(word));
    return (await run("docker", ["-H", found.engine.url, "create", ...typed, found.small, "true"])).stdout.trim();
  });

test("each flag sets what docker's own command line sets", async () => {
  const other = await found.engine.create({ image: found.small, command: ["true"] }, never);
  try {
    for (const line of LINES) {
      const words = splitWords(line.replace("CONTAINER", other));
      const [own, client] = [await ours(words), await clients(words)];
      if ("refused" in client && line === NOT_OF_EVERY_CLIENT) expect(own).toHaveProperty("Config.MacAddress");
      else if ("refused" in client) {
        expect(own, line).toHaveProperty("refused");
        expect(NOT_OF_EVERY_ENGINE).toContain(line);
      } else expect(settings(own), line).toEqual(settings(client));
    }
  } finally {
    await found.engine.remove(other);
  }
});

test("a named volume that is missing is made with our label and removed; one that is there is used and left", async () => {
  const { docker } = found.engine;
  const missing = `${VOLUME}-missing`;
  const provided = await provideVolumes(docker, { HostConfig: { Binds: [`${missing}:/a`, `${VOLUME}:/b`] } });
  const { Labels } = await docker.getVolume(missing).inspect();
  const before = await docker.getVolume(VOLUME).inspect();
  await provided[Symbol.asyncDispose]();
  expect(Labels).toHaveProperty([OWNER_LABEL]);
  expect(before.Labels ?? {}).not.toHaveProperty([OWNER_LABEL]);
  const left = (await docker.listVolumes()).Volumes.map(({ Name }) => Name);
  expect(left).toContain(VOLUME);
  expect(left).not.toContain(missing);
});

test("no flag is left out", () => {
  const seen = new Set(LINES.flatMap((line) => flagsIn(splitWords(line))).map(({ name }) => name));
  expect(FLAGS.map(({ name }) => name).filter((name) => !seen.has(name))).toEqual([]);
});
