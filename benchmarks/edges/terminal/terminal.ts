/** The terminal that the output goes to, if it is one. */
import { env, stdout } from "node:process";
import { styleText } from "node:util";
import type { Tier } from "../../../research/phases.ts";
import type { Paint } from "../../timeline/waterfall.ts";

const PLAIN_COLUMNS = 100;
const COLOURS = { daemon: "blue", runtime: "yellow", process: "magenta" } as const satisfies Record<Tier, string>;

export const columns = (): number => stdout.columns ?? PLAIN_COLUMNS;

/** Colours by tier; plain where the output is no terminal or NO_COLOR is set. */
export const paint: Paint = (tier, text) =>
  stdout.isTTY && !env.NO_COLOR && tier !== null ? styleText(COLOURS[tier], text) : text;
