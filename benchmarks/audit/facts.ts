/** What is audited: the engine's own answers, as far as checks read them. Engines differ in what they leave out. */
import * as z from "zod";

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? "");
const number = z
  .number()
  .nullish()
  .transform((value) => value ?? 0);
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);
const listOf = <T extends z.ZodType>(item: T) =>
  z
    .array(item)
    .nullish()
    .transform((value): z.output<T>[] => value ?? []);
const words = listOf(z.string());

/** `GET /containers/ID/json` */
export const containerFacts = z.object({
  Id: z.string(),
  Name: text,
  Image: text,
  AppArmorProfile: text,
  Config: z.object({ Image: text, User: text, Env: words }),
  HostConfig: z.object({
    Privileged: flag,
    CapAdd: words,
    CapDrop: words,
    SecurityOpt: words,
    PidMode: text,
    NetworkMode: text,
    IpcMode: text,
    UTSMode: text,
    UsernsMode: text,
    ReadonlyRootfs: flag,
    Memory: number,
    PidsLimit: number,
    NanoCpus: number,
    CpuQuota: number,
    CpuShares: number,
    CpusetCpus: text,
    Devices: listOf(z.object({ PathOnHost: text })),
  }),
  Mounts: listOf(z.object({ Type: text, Source: text, Destination: text, RW: flag, Propagation: text })),
  NetworkSettings: z.object({
    Ports: z
      .record(z.string(), listOf(z.object({ HostIp: text, HostPort: text })))
      .nullish()
      .transform((value) => value ?? {}),
  }),
});
export type ContainerFacts = z.output<typeof containerFacts>;

/** `GET /images/ID/json`, and what made each layer (`GET /images/ID/history`). */
export const imageFacts = z.object({
  Id: z.string(),
  RepoTags: words,
  Config: z
    .object({ User: text, Env: words })
    .nullish()
    .transform((value) => value ?? { User: "", Env: [] }),
  History: listOf(z.object({ CreatedBy: text })),
});
export type ImageFacts = z.output<typeof imageFacts>;

/** `GET /info` */
export const engineInfo = z.object({
  SecurityOptions: words,
  Warnings: words,
  LiveRestoreEnabled: flag,
  ExperimentalBuild: flag,
  KernelVersion: text,
  DockerRootDir: text,
  Plugins: z
    .object({ Authorization: words })
    .nullish()
    .transform((value) => value ?? { Authorization: [] }),
  RegistryConfig: z
    .object({
      InsecureRegistryCIDRs: words,
      IndexConfigs: z
        .record(z.string(), z.object({ Secure: z.boolean().nullish() }))
        .nullish()
        .transform((value) => value ?? {}),
    })
    .nullish()
    .transform((value) => value ?? { InsecureRegistryCIDRs: [], IndexConfigs: {} }),
  Swarm: z
    .object({ LocalNodeState: text })
    .nullish()
    .transform((value) => value ?? { LocalNodeState: "" }),
});
export type EngineInfo = z.output<typeof engineInfo>;

/** What cannot be looked at, and why. */
export interface Unseen {
  readonly unseen: string;
}

/** What the API does not tell, from dockerd's command line and its configuration file. */
export interface DaemonConfiguration {
  readonly defaultUlimits: readonly string[];
  readonly userlandProxy: boolean;
  readonly noNewPrivileges: boolean;
  readonly hosts: readonly string[];
  readonly tlsVerify: boolean;
}

export interface EngineFacts {
  readonly info: EngineInfo | Unseen;
  /** By component, as `runc`; `kernel` is the engine's. */
  readonly versions: Readonly<Record<string, string>>;
  /** Whether containers on the default bridge reach each other. */
  readonly bridge: { readonly icc: boolean } | Unseen;
  readonly configuration: DaemonConfiguration | Unseen;
  /** The API's socket on this machine. */
  readonly socket: { readonly path: string; readonly mode: number } | Unseen;
  /** How we reached it: over TCP without TLS anybody could. */
  readonly reachedBy: "socket" | "tcp" | "tls" | "ssh";
}

/** What a check may look up beside its own subject. */
export interface Surroundings {
  readonly engine: EngineFacts;
  /** By id; one that is gone is not among them. */
  readonly images: ReadonlyMap<string, ImageFacts>;
}

/** `undefined` where it is not known. */
export const infoOf = ({ info }: EngineFacts): EngineInfo | undefined => ("unseen" in info ? undefined : info);

/** Whether the engine names a security option, as `seccomp` in `name=seccomp,profile=default`. */
export const hasSecurityOption = (engine: EngineFacts, name: string): boolean =>
  infoOf(engine)?.SecurityOptions.some((option) => option.split(",").includes(`name=${name}`) || option === name) ?? false;

/** Whether root in a container is nobody on the host. */
export const mapsUsers = (engine: EngineFacts): boolean =>
  hasSecurityOption(engine, "userns") || hasSecurityOption(engine, "rootless");
