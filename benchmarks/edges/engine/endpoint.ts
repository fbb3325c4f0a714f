/** How dockerode reaches an engine's URL: a socket, TCP, TLS, or a socket at the other end of an ssh connection. */
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";
import type Docker from "dockerode";
import { MisuseError } from "../../../research/misuse.ts";
import { openSshTunnel, parseSshUrl } from "./ssh-tunnel.ts";

/** Folder with ca.pem, cert.pem and key.pem, as Docker lays them out; the server's certificate is always verified. */
export interface TlsFolder {
  readonly tls: string;
}

export interface Endpoint extends AsyncDisposable {
  readonly options: Docker.DockerOptions;
  /** What to know when it does not answer. */
  readonly hint: () => string | undefined;
}

const TCP = /^(?:tcp|http):\/\/(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+):(\d{1,5})\/?$/;

/**
 * dockerode completes what is not given from DOCKER_HOST and its kin, which may speak of another engine: so all is given.
 */
const only = (options: Record<string, unknown>): Docker.DockerOptions => ({
  ...{
    host: undefined,
    port: undefined,
    socketPath: undefined,
    protocol: "http",
    ca: undefined,
    cert: undefined,
    key: undefined,
  },
  ...options,
});

/**
 * @param tls `undefined`: as DOCKER_TLS_VERIFY and DOCKER_CERT_PATH say
 * @throws MisuseError for a URL that is none; Error when certificates cannot be read or ssh does not connect
 */
export async function reachEndpoint(url: string, tls: TlsFolder | undefined): Promise<Endpoint> {
  const directly = (options: Record<string, unknown>): Endpoint => ({
    options: only(options),
    hint: () => undefined,
    [Symbol.asyncDispose]: async () => undefined,
  });
  if (url.startsWith("unix:///")) return directly({ socketPath: url.slice("unix://".length) });
  const tcp = TCP.exec(url);
  if (tcp !== null) {
    const address = { host: (tcp[1] as string).replace(/^\[|\]$/g, ""), port: Number(tcp[2]) };
    const folder = tls ?? tlsOfEnvironment();
    return directly(folder === undefined ? address : { ...address, protocol: "https", ...certificates(folder) });
  }
  const ssh = parseSshUrl(url);
  if (ssh !== undefined) {
    const tunnel = await openSshTunnel(ssh);
    return {
      options: only({ socketPath: tunnel.socketPath }),
      hint: tunnel.hint,
      [Symbol.asyncDispose]: () => tunnel[Symbol.asyncDispose](),
    };
  }
  throw new MisuseError(
    `engine URL ${JSON.stringify(url)} is not understood: expected unix:///path/to/docker.sock, tcp://host:port or ssh://[user@]host[:port][/path/to/docker.sock]`,
  );
}

/** As the docker CLI does: any value but the empty one means TLS with verification. */
function tlsOfEnvironment(): TlsFolder | undefined {
  if (!env.DOCKER_TLS_VERIFY) return undefined;
  return { tls: env.DOCKER_CERT_PATH || env.DOCKER_CONFIG || join(homedir(), ".docker") };
}

function certificates({ tls: folder }: TlsFolder): { ca: Buffer; cert: Buffer; key: Buffer } {
  const read = (name: string): Buffer => {
    try {
      return readFileSync(join(folder, name));
    } catch (cause) {
      throw new Error(
        `the engine needs TLS, but ${name} cannot be read (${(cause as Error).message}): DOCKER_CERT_PATH names the folder of ca.pem, cert.pem and key.pem`,
        { cause },
      );
    }
  };
  return { ca: read("ca.pem"), cert: read("cert.pem"), key: read("key.pem") };
}
