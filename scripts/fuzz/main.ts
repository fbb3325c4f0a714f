/** `npm run test:fuzz [-- MUTATIONS [SEED]]`: every damage ends as refused, equal, with a caution, or as another possible number. */
import { argv } from "node:process";
import { fuzz } from "./fuzz.ts";
import { ENDINGS, fuzzSubjects } from "./subjects.ts";

const [mutations = 10_000, seed = 1] = argv.slice(2).map(Number);
if (![mutations, seed].every(Number.isSafeInteger)) throw new Error("usage: npm run test:fuzz -- [MUTATIONS [SEED]]");
let failed = 0;
for (const subject of fuzzSubjects()) {
  const { name, endings, failures, slowest_ms } = fuzz(subject, mutations, seed);
  console.log(
    `${name.padEnd(28)} ${ENDINGS.map((ending) => `${ending} ${endings[ending]}`).join(", ")}; slowest ${slowest_ms.toFixed(0)} ms`,
  );
  for (const failure of failures) console.log(`  FAILED ${failure}`);
  failed += failures.length;
}
console.log(failed === 0 ? "nothing impossible was read in silence" : `${failed} failures`);
process.exitCode = failed === 0 ? 0 : 1;
