/** What is audited, as engines describe it, without a finding: a test changes the one thing that is to be found. */
import { type Audited, audit } from "../audit/audit.ts";
import type { AuditOutput } from "../audit/audit-output.ts";
import { containerFacts, type EngineFacts, engineInfo, imageFacts } from "../audit/facts.ts";

type Json = Readonly<Record<string, unknown>>;

/** Changes of a container, by the part that they are in. */
export interface ContainerChanges {
  readonly Config?: Json;
  readonly HostConfig?: Json;
  readonly Mounts?: readonly Json[];
  readonly Ports?: Json;
  readonly AppArmorProfile?: string;
}

const ID = "c0ffee".padEnd(64, "0");
const IMAGE_ID = `sha256:${"1".repeat(64)}`;

export const hardenedContainer = ({ Config, HostConfig, Mounts = [], Ports = {}, AppArmorProfile }: ContainerChanges = {}) =>
  containerFacts.parse({
    ...{ Id: ID, Name: "/web", Image: IMAGE_ID, AppArmorProfile: AppArmorProfile ?? "docker-default" },
    Config: { Image: "nginx:1.27", User: "1000:1000", Env: ["PATH=/usr/bin", "TOKEN_FILE=/run/secrets/token"], ...Config },
    HostConfig: {
      ...{ Privileged: false, CapAdd: null, CapDrop: ["ALL"], SecurityOpt: ["no-new-privileges"], UsernsMode: "" },
      ...{ PidMode: "", NetworkMode: "default", IpcMode: "private", UTSMode: "", ReadonlyRootfs: true },
      ...{ Memory: 64 << 20, PidsLimit: 100, NanoCpus: 5e8, CpuQuota: 0, CpuShares: 0, CpusetCpus: "", Devices: [] },
      ...HostConfig,
    },
    Mounts: [
      { Type: "volume", Source: "/var/lib/docker/volumes/data/_data", Destination: "/data", RW: true, Propagation: "" },
      { Type: "bind", Source: "/etc/localtime", Destination: "/etc/localtime", RW: false, Propagation: "rprivate" },
      { Type: "bind", Source: "/srv/www", Destination: "/www", RW: true, Propagation: "rprivate" },
      ...Mounts,
    ],
    NetworkSettings: { Ports: { "80/tcp": [{ HostIp: "127.0.0.1", HostPort: "8080" }], "443/tcp": null, ...Ports } },
  });

export const hardenedImage = (changes: Json = {}, history: readonly string[] = []) =>
  imageFacts.parse({
    ...{ Id: IMAGE_ID, RepoTags: ["nginx:1.27"] },
    Config: { User: "nginx", Env: ["PATH=/usr/bin", "GPG_KEY=0123456789", "DB_URL=postgres://db/app"], ...changes },
    History: [{ CreatedBy: "/bin/sh -c #(nop) CMD [nginx]" }, ...history.map((CreatedBy) => ({ CreatedBy }))],
  });

export const info = (changes: Json = {}) =>
  engineInfo.parse({
    SecurityOptions: ["name=apparmor", "name=selinux", "name=seccomp,profile=default", "name=userns"],
    ...{ Warnings: null, LiveRestoreEnabled: true, ExperimentalBuild: false, KernelVersion: "7.1.2" },
    ...{ DockerRootDir: "/var/lib/docker", Plugins: { Authorization: null }, Swarm: { LocalNodeState: "inactive" } },
    RegistryConfig: { InsecureRegistryCIDRs: ["::1/128", "127.0.0.0/8"], IndexConfigs: { "docker.io": { Secure: true } } },
    ...changes,
  });

export const hardenedEngine = (changes: Partial<EngineFacts> = {}): EngineFacts => ({
  info: info(),
  versions: { Engine: "29.4.0", containerd: "2.2.1", runc: "1.5.3", kernel: "7.1.2" },
  bridge: { icc: false },
  configuration: { defaultUlimits: ["nofile"], userlandProxy: false, noNewPrivileges: true, hosts: ["fd://"], tlsVerify: false },
  socket: { path: "/run/docker.sock", mode: 0o140660 },
  reachedBy: "socket",
  ...changes,
});

export const auditedWith = (changes: Partial<Audited> = {}): AuditOutput =>
  audit(
    { engine: hardenedEngine(), containers: [hardenedContainer()], images: [hardenedImage()], lost: [], ...changes },
    "unix:///run/docker.sock",
  );
