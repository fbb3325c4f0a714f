/** Writes research/DATA.md from the declarations: `npm run docs:data`. */
import { writeFileSync } from "node:fs";
import { renderDataDictionary } from "../../research/data-dictionary.ts";

writeFileSync(new URL("../../research/DATA.md", import.meta.url), renderDataDictionary());
