import { MisuseError } from "./misuse.ts";

/** @param text `5%` or `0.05` @returns the share, 0.05 @throws MisuseError */
export function parseShare(option: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?)(%?)$/.exec(text.trim());
  const share = match === null ? Number.NaN : Number(match[1]) / (match[2] === "%" ? 100 : 1);
  if (share > 0 && share < 1) return share;
  throw new MisuseError(`${option} takes a share such as 5% or 0.05, between 0 and 100 %, got ${JSON.stringify(text)}`);
}
