/** The columns of a start: a time for every milestone, and how good they are. */

import { ACT_RULE_MEANINGS, ACT_RULES } from "../../act-rule.ts";
import { type Column, count, ns, oneOf, optional, since } from "../../csv/cells.ts";
import { declarationOf, MILESTONE_NAMES, type Milestone } from "../../milestones.ts";
import { PROBES } from "../../protocol.ts";
import type { Nanoseconds } from "../../units.ts";

export type MilestoneColumn = `${Milestone}_ns`;
type MilestoneColumns = { readonly [C in MilestoneColumn]: Column<Nanoseconds | null> };

export const milestoneColumns = Object.fromEntries(
  MILESTONE_NAMES.map((name) => {
    const { meaning, probes, since: version } = declarationOf(name);
    const column = optional(ns(`${meaning} (${probes.join(", or ")})`));
    return [`${name}_ns`, version === undefined ? column : since(version, column)];
  }),
) as unknown as MilestoneColumns;

export const clockColumns = {
  clock_error_ns: ns("bound of the error of every time in this row against the client's monotonic clock", 0),
  lost_events: count("trace events that the kernel dropped during the trial"),
};

export const actColumns = {
  act_rule: since(
    2,
    optional(
      oneOf(
        ACT_RULES,
        `how entry_acts_ns was determined: ${ACT_RULES.map((rule) => `${rule}: ${ACT_RULE_MEANINGS[rule]}`).join("; ")}; empty where there is none, and in older files, which have fd-1 where the kernel was watched`,
      ),
    ),
  ),
};

/** The same for a start that may never have begun. */
export const startColumns = {
  probe: optional(oneOf(PROBES, "where the milestones between start_sent and entry_acts come from")),
  ...milestoneColumns,
  clock_error_ns: optional(clockColumns.clock_error_ns),
  lost_events: optional(clockColumns.lost_events),
  ...actColumns,
};
