/** Vega-Lite's specification of a page → Vega's → its dataflow. Plain data: another thread can be given it. */
import type { Runtime } from "vega";
import { compile } from "vega-lite";
import { parse } from "vega-parser";
import { type LoggerInterface, logger, Warn } from "vega-util";
import type { Page } from "../../figures/parts/figure.ts";

export interface CompiledPage {
  readonly dataflow: Runtime;
  readonly width_px: number;
}

/**
 * @param warn called with what Vega-Lite reports about the specification
 * @throws Error when it cannot make sense of it
 */
export const compilePage = ({ spec, width_px }: Page, warn: (message: string) => void): CompiledPage => ({
  dataflow: parse(compile(spec, { logger: tellingLogger(warn) }).spec),
  width_px,
});

export function tellingLogger(warn: (message: string) => void): LoggerInterface {
  const telling = logger(Warn);
  telling.warn = (...messages) => {
    warn(messages.join(" "));
    return telling;
  };
  return telling;
}
