/** What programs printed against itself, and against the command that printed it. A line of another form was not read, and is no number. */
import type { WrongCell } from "../../table.ts";
import { FASTEST_BYTES_A_NS, PAGE_BYTES } from "../columns/shortest.ts";
import { roundTripsOf, speedOf } from "./printed.ts";

export interface Printed {
  readonly dimension: string;
  readonly subject: string;
  readonly outcome: string;
  readonly wall_ns: number | null;
  readonly printed: string | null;
  readonly baseline_printed: string | null;
}

type Impossible = string | WrongCell | undefined;

const COUNTS = ["printed", "baseline_printed"] as const;

/** The shell's own arithmetic: no sign, no point, no exponent. */
function count(row: Printed): Impossible {
  const column = COUNTS.find((name) => looksLikeNumber(row[name]) && !/^(0|[1-9]\d*)$/.test(row[name] ?? ""));
  return (
    column && {
      ...{ column, value: row[column] ?? "", expected: "a whole number, as a shell writes its count" },
      why: "it counts calls of date",
    }
  );
}

const looksLikeNumber = (text: string | null): boolean => text !== null && text.trim() !== "" && !Number.isNaN(Number(text));

/** GNU's and BusyBox's. */
const DD = /^(\d+) bytes .*copied, (\d+(?:\.\d+)?(?:e-?\d+)?) s/;
const WRITTEN_BYTES = 256 * 2 ** 20;
/** Speeds are printed with two digits at least, and may be counted in 1000 where they seem to be in 1024. */
const SPEED_WITHIN = 1.25;

function speed({ printed, wall_ns }: Printed): Impossible {
  const mbps = speedOf(printed);
  const [, digits, seconds] = DD.exec(printed ?? "") ?? [];
  if (digits === undefined)
    return mbps === null
      ? undefined
      : { ...said(printed), expected: "bytes, seconds and speed, as dd writes them", why: "a speed is of bytes in seconds" };
  if (Number(digits) !== WRITTEN_BYTES)
    return { ...said(printed), expected: `${WRITTEN_BYTES} bytes`, why: "dd writes 256 MiB, or fails" };
  const ns = Number(seconds) * 1e9;
  if (wall_ns !== null && ns > wall_ns) return `dd printed ${seconds} s of a command that took ${wall_ns} ns`;
  if (WRITTEN_BYTES > ns * FASTEST_BYTES_A_NS) return `dd printed ${digits} bytes in ${seconds} s: no machine does so`;
  const follows = WRITTEN_BYTES / (ns / 1e3);
  return mbps !== null && (mbps > follows * SPEED_WITHIN || mbps < follows / SPEED_WITHIN)
    ? { ...said(printed), expected: `about ${follows.toPrecision(3)} MB/s`, why: "it printed bytes and seconds, too" }
    : undefined;
}

function roundTrips({ printed }: Printed): Impossible {
  const [least = 0, average = 0, most = 0] = roundTripsOf(printed) ?? [];
  return least > average || average > most
    ? { ...said(printed), expected: "the average between the least and the most", why: "ping took all three of the same" }
    : undefined;
}

const USED = /^(\d+(?:\.\d+)?) ?([kKMGTP]?)(i?)B \/ (\d+(?:\.\d+)?) ?([kKMGTP]?)(i?)B$/;
const LIKE_IT = /\d[kKMGTP]?i?B \/ /;
const UNKNOWN = "-- / --";
/** Sizes are printed with four digits. */
const SIZE_WITHIN = 1.01;

/** One line for each container that it was asked for, joined. */
function memory({ printed, subject }: Printed): Impossible {
  const parts = (printed ?? "").split("; ");
  if (!parts.some((part) => LIKE_IT.test(part))) return undefined;
  if (parts.length !== Number(subject))
    return { ...said(printed), expected: `${subject} of them`, why: "docker stats has a line for each container" };
  const other = parts.find((part) => !USED.test(part) && part !== UNKNOWN);
  if (other !== undefined)
    return { ...said(other), expected: "a size / a limit, with their units", why: "docker stats writes each container's so" };
  const small = parts.find((part) => {
    const [, used, unit, binary] = USED.exec(part) ?? [];
    const size = sizeOf(used, unit, binary);
    return size > 0 && size < PAGE_BYTES;
  });
  if (small !== undefined)
    return {
      ...said(small),
      expected: `0B, or ${PAGE_BYTES} bytes or more`,
      why: "memory is given by the page; is it in another unit?",
    };
  const over = parts.find((part) => {
    const [, used, unit, binary, limit, ofLimit, isBinary] = USED.exec(part) ?? [];
    const most = sizeOf(limit, ofLimit, isBinary);
    return most > 0 && sizeOf(used, unit, binary) > most * SIZE_WITHIN;
  });
  return over === undefined
    ? undefined
    : { ...said(over), expected: "no more than the limit", why: "docker stats writes it behind the stroke" };
}

const sizeOf = (digits = "", unit = "", binary = ""): number =>
  Number(digits) * (binary === "" ? 1000 : 1024) ** ["", "K", "M", "G", "T", "P"].indexOf(unit.toUpperCase());

const said = (printed: string | null) => ({ column: "printed", value: printed ?? "" });

const CHECKS: Readonly<Partial<Record<string, (row: Printed) => Impossible>>> = {
  "cpu-throttling": count,
  write: speed,
  network: roundTrips,
  memory,
};

export const printedCheck = (row: Printed): Impossible => (row.outcome === "ok" ? CHECKS[row.dimension]?.(row) : undefined);
