/** Which version of tierbench this is. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as z from "zod";

const manifest = fileURLToPath(new URL("../../../package.json", import.meta.url));

export const toolVersion = z.object({ version: z.string() }).parse(JSON.parse(readFileSync(manifest, "utf8"))).version;
