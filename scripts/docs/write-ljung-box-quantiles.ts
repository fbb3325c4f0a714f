/** `npm run docs:quantiles` (minutes): computes rank-ljung-box-quantiles.ts. */
import { writeFileSync } from "node:fs";
import { TAIL_P } from "../../analysis/statistics/dependence/rank-ljung-box.ts";
import { statisticsOfRandomOrders, upperQuantile } from "../../analysis/testing/random-orders.ts";

const FILE = new URL("../../analysis/statistics/dependence/rank-ljung-box-quantiles.ts", import.meta.url);
const ORDERS = 4_000_000;
const SEED = 1;
/** All while the number of lags changes; from then on they follow 1/n. */
const SIZES = [
  ...Array.from({ length: 21 }, (_, index) => index + 5),
  ...[30, 35, 40, 50, 60, 80, 100, 150, 200, 300, 500, 1000],
];

const rows = SIZES.map((n) => {
  const ascending = statisticsOfRandomOrders(n, ORDERS, SEED);
  const quantiles = TAIL_P.map((p) => Number(upperQuantile(ascending, p).toFixed(3)));
  return `  [${n}, [${quantiles.join(", ")}]],\n`;
});
writeFileSync(
  FILE,
  `/**
 * Of n ranks in ${ORDERS / 1e6} million random orders, the values of Ljung and Box's Q that are reached with each probability of
 * TAIL_P (rank-ljung-box.ts). Computed by \`npm run docs:quantiles\`; not edited.
 */
export const QUANTILES: readonly (readonly [n: number, quantiles: readonly number[]])[] = [
${rows.join("")}];
`,
);
