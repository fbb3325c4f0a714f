/** Writes what is generated from declarations, research/DATA.md and the method's list of experiments: `npm run docs:data`. */
import { readFileSync, writeFileSync } from "node:fs";
import { renderDataDictionary } from "../../research/data-dictionary.ts";
import { withExperimentIndex } from "../../research/method-index.ts";

writeFileSync(new URL("../../research/DATA.md", import.meta.url), renderDataDictionary());
const index = new URL("../../research/method/README.md", import.meta.url);
writeFileSync(index, withExperimentIndex(readFileSync(index, "utf8")));
