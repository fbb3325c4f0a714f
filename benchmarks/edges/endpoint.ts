import { MisuseError } from "../../research/misuse.ts";

/** How dockerode reaches a URL. @throws MisuseError */
export function endpointOptions(url: string): { socketPath: string } | { host: string; port: number; protocol: "http" } {
  if (url.startsWith("unix:///")) return { socketPath: url.slice("unix://".length) };
  const tcp = /^(?:tcp|http):\/\/(\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+):(\d{1,5})\/?$/.exec(url);
  if (tcp !== null) return { host: (tcp[1] as string).replace(/^\[|\]$/g, ""), port: Number(tcp[2]), protocol: "http" };
  throw new MisuseError(
    `engine URL ${JSON.stringify(url)} is not understood: expected unix:///path/to/docker.sock or tcp://host:port`,
  );
}
