/** `--until`: what a start is waited for, beyond its end. */
import { MisuseError } from "../../research/misuse.ts";

export type Until =
  | { readonly kind: "acts" }
  | { readonly kind: "exits" }
  | { readonly kind: "healthy" }
  | { readonly kind: "port"; readonly port: number }
  | { readonly kind: "http"; readonly port: number; readonly path: string }
  | { readonly kind: "log"; readonly pattern: RegExp };

/** What the container, or the engine, is asked for. */
export type AskedUntil = Extract<Until, { readonly kind: "healthy" | "port" | "http" }>;

export const UNTIL_EXPECTED = "acts, exits, healthy, port:N, http:N/PATH or log:REGEX";

/** @throws MisuseError */
export function parseUntil(text: string): Until {
  if (text === "acts" || text === "exits" || text === "healthy") return { kind: text };
  const [, port] = /^port:(\d{1,5})$/.exec(text) ?? [];
  if (port !== undefined) return { kind: "port", port: portNumber(port, text) };
  const [, httpPort, path] = /^http:(\d{1,5})(\/[\x21-\x7e]*)?$/.exec(text) ?? [];
  if (httpPort !== undefined) return { kind: "http", port: portNumber(httpPort, text), path: path ?? "/" };
  if (text.startsWith("log:") && text.length > 4) return { kind: "log", pattern: pattern(text.slice(4)) };
  throw new MisuseError(`--until takes ${UNTIL_EXPECTED}, got ${JSON.stringify(text)}`);
}

function portNumber(digits: string, text: string): number {
  const port = Number(digits);
  if (port >= 1 && port <= 65_535) return port;
  throw new MisuseError(`--until ${text}: a port is a number from 1 to 65535`);
}

function pattern(text: string): RegExp {
  try {
    return new RegExp(text, "m");
  } catch (cause) {
    throw new MisuseError(`--until log: ${(cause as Error).message}`, { cause });
  }
}
