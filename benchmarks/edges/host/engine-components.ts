/** An engine's components as it reports them (`/version`), by the runtimes' usual names. */

export interface Component {
  readonly Name: string;
  readonly Version: string;
}

/** Podman names its runtime so. */
const RUNTIME = /^OCI Runtime \((.+)\)$/;
/** What `--version` of conmon and runc prints stands there for a version: `NAME version VERSION, …`, and more lines. */
const PRINTED = /^\S+ version ([^\s,]+)/;

/** One line a component: Podman gives its runtime's version as the whole of what that prints. */
export const readComponents = (components: readonly Component[]): Record<string, string> =>
  Object.fromEntries(
    components.map(({ Name, Version }) => [
      RUNTIME.exec(Name)?.[1] ?? Name,
      PRINTED.exec(Version)?.[1] ?? (Version.split("\n")[0] as string),
    ]),
  );

/** Podman's version alone would be read as Docker's. */
export const serverName = (version: string, components: Readonly<Record<string, string>>): string =>
  PODMAN in components ? `Podman ${version}` : version;

const PODMAN = "Podman Engine";
