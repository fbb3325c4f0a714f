/** The published package, packed from this checkout. */
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

export const checkout = fileURLToPath(new URL("../..", import.meta.url));

export interface Packed {
  readonly filename: string;
  /** In bytes. */
  readonly size: number;
  readonly version: string;
  readonly files: readonly { readonly path: string }[];
}

/** @param folder where the archive goes @throws Error with what npm printed */
export function pack(folder: string): Packed {
  const options = { cwd: folder, encoding: "utf8", stdio: "pipe" } as const;
  const output = execFileSync("npm", ["pack", checkout, "--json", "--foreground-scripts=false"], options);
  const [packed] = JSON.parse(output) as [Packed];
  return packed;
}
