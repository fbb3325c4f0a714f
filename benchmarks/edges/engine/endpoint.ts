/** How dockerode reaches an engine's URL: a socket, TCP, TLS, or a remote socket through ssh. */
import { Agent } from "node:https";
import type Docker from "dockerode";
import type { Attendant } from "../attendant.ts";
import { parseEngineUrl } from "./engine-url.ts";
import { openSshTunnel } from "./ssh-tunnel.ts";
import { type TlsMaterial, tlsHint } from "./tls-material.ts";

/** docker-modem accepts an agent, which dockerode's types lack. */
export type EngineOptions = Docker.DockerOptions & { readonly agent?: Agent };

export interface Endpoint extends AsyncDisposable {
  readonly options: EngineOptions;
  /** What to know when it does not answer. */
  readonly hint: (error: Error & { readonly code?: string }) => string | undefined;
}

const PORT = 2375;
const TLS_PORT = 2376;

/**
 * @param source where the URL came from, for people
 * @param tls that an engine on TCP is reached with, `undefined` for none; asked for when it is needed
 * @throws MisuseError for a URL that is none; Error when certificates cannot be read or ssh does not connect
 */
export async function reachEndpoint(
  url: string,
  source: string,
  tls: (secure: boolean) => TlsMaterial | undefined,
  attendant: Attendant,
): Promise<Endpoint> {
  const address = parseEngineUrl(url, source);
  const directly = (options: EngineOptions, hint: Endpoint["hint"]): Endpoint => ({
    options,
    hint,
    [Symbol.asyncDispose]: async () => undefined,
  });
  switch (address.kind) {
    case "socket":
      return directly({ socketPath: address.path }, () => undefined);
    case "tcp": {
      const { host, port, secure } = address;
      const material = tls(secure);
      if (material === undefined) return directly({ host, port: port ?? PORT, protocol: "http" }, () => undefined);
      const agent = new Agent({
        keepAlive: true,
        rejectUnauthorized: material.verified,
        ...(material.ca === undefined ? {} : { ca: material.ca }),
        ...material.client,
      });
      return directly({ host, port: port ?? TLS_PORT, protocol: "https", agent }, (error) => tlsHint(material, error));
    }
    case "ssh": {
      const tunnel = await openSshTunnel(address, attendant);
      return {
        options: { socketPath: tunnel.socketPath },
        hint: tunnel.hint,
        [Symbol.asyncDispose]: () => tunnel[Symbol.asyncDispose](),
      };
    }
    default:
      return address satisfies never;
  }
}
