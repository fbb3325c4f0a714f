/** An engine's URL in all the forms that the docker CLI accepts. */
import { resolve } from "node:path";
import { MisuseError } from "../../../research/misuse.ts";
import { parseSshUrl, type SshTarget } from "./ssh-tunnel.ts";

export type EngineAddress =
  | { readonly kind: "socket"; readonly path: string }
  /** `secure`: said so by the URL itself; no port: the usual one. */
  | { readonly kind: "tcp"; readonly host: string; readonly port: number | undefined; readonly secure: boolean }
  | ({ readonly kind: "ssh" } & SshTarget);

const TCP = /^(?:(tcp|http|https):\/\/)?(\[[0-9a-fA-F:.]+(?:%[\w.-]+)?\]|[A-Za-z0-9](?:[A-Za-z0-9._-]*))(?::(\d{1,5}))?\/?$/;
const SOCKET = "/var/run/docker.sock";

/**
 * @param source where it came from, for people
 * @throws MisuseError for what is no such URL
 */
export function parseEngineUrl(url: string, source: string): EngineAddress {
  const shown = `${source}: engine URL ${JSON.stringify(url)}`;
  if (url.startsWith("unix://")) {
    const path = url.slice("unix://".length).replace(/(?<=.)\/+$/, "");
    return { kind: "socket", path: resolve(path === "" ? SOCKET : path) };
  }
  if (url.startsWith("npipe:"))
    throw new MisuseError(
      `${shown} is a Windows pipe, which cannot be reached from here: use tcp://host:port or ssh://host, or run tierbench inside WSL with unix:///var/run/docker.sock`,
    );
  if (url === "tcp://") return { kind: "tcp", host: "localhost", port: undefined, secure: false };
  const tcp = TCP.exec(url);
  // A bare word is not a host: `docker` may be anything.
  if (tcp !== null && (tcp[1] !== undefined || tcp[3] !== undefined)) {
    const port = tcp[3] === undefined ? undefined : Number(tcp[3]);
    if (port !== undefined && (port < 1 || port > 65_535)) throw new MisuseError(`${shown}: a port is from 1 to 65535`);
    return { kind: "tcp", host: (tcp[2] as string).replace(/^\[|\]$/g, ""), port, secure: tcp[1] === "https" };
  }
  const ssh = parseSshUrl(url);
  if (ssh !== undefined) return { kind: "ssh", ...ssh };
  throw new MisuseError(
    `${shown} is not understood: expected unix:///path/to/docker.sock, tcp://host:port or ssh://[user@]host[:port][/path/to/docker.sock]`,
  );
}
