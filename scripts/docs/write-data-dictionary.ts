/** Writes research/DATA.md, the method's list of experiments, and what protections cost at start: `npm run docs:data`. */
import { readFileSync, writeFileSync } from "node:fs";
import { renderDataDictionary } from "../../research/data-dictionary.ts";
import { withExperimentIndex } from "../../research/method-index.ts";
import { costTables, withCosts } from "./hardening-costs.ts";

writeFileSync(new URL("../../research/DATA.md", import.meta.url), renderDataDictionary());
const index = new URL("../../research/method/README.md", import.meta.url);
writeFileSync(index, withExperimentIndex(readFileSync(index, "utf8")));
const hardening = new URL("../../research/hardening/README.md", import.meta.url);
writeFileSync(hardening, withCosts(readFileSync(hardening, "utf8"), costTables()));
