/** Numbers in what programs print, with their units: the study's script cut those off. */

/** BusyBox writes no blank before the unit, and counts in 1024; GNU dd writes one, and counts in 1000. */
const SPEED = /([\d.]+)( ?)([kMGT]?)B\/s\s*$/i;
const POWERS = ["", "K", "M", "G", "T"];

/** Of dd's last line, in MB/s as that dd counts them. @returns `null` where there is none */
export function speedOf(printed: string | null): number | null {
  const [, digits = "", blank = "", unit = ""] = SPEED.exec(printed ?? "") ?? [];
  const power = POWERS.indexOf(unit.toUpperCase());
  return digits === "" || power < 0 ? null : Number(digits) * (blank === "" ? 1024 : 1000) ** (power - POWERS.indexOf("M"));
}

/** The least, the average and the most of ping's last line: `round-trip min/avg/max = 2.0/2.1/2.2 ms`. */
export function roundTripsOf(printed: string | null): readonly number[] | null {
  const [, ...digits] = /= ([\d.]+)\/([\d.]+)\/([\d.]+)(?:\/[\d.]+)? ms\s*$/.exec(printed ?? "") ?? [];
  const times = digits.map(numberIn);
  return times.length > 0 && times.every((time) => time !== null) ? times : null;
}

export const roundTripOf = (printed: string | null): number | null => roundTripsOf(printed)?.[1] ?? null;

export const countOf = (printed: string | null): number | null => numberIn(/^(\d+)\s*$/.exec(printed ?? "")?.[1]);

const MEBIBYTES: Readonly<Record<string, number>> = { B: 2 ** -20, KiB: 2 ** -10, MiB: 1, GiB: 2 ** 10 };

/** Of each container, in MiB, which the study calls MB: `3.2MiB / 7.7GiB; …`. @returns `null` unless each can be read */
export function memoryOf(printed: string | null): readonly number[] | null {
  const sizes = (printed ?? "").split("; ").map((usage) => {
    const [, digits, unit = ""] = /^([\d.]+)(B|KiB|MiB|GiB) \/ /.exec(usage) ?? [];
    const number = numberIn(digits);
    return number === null ? null : number * (MEBIBYTES[unit] as number);
  });
  return sizes.every((size) => size !== null) ? sizes : null;
}

function numberIn(digits: string | undefined): number | null {
  const number = digits === undefined ? Number.NaN : Number(digits);
  return Number.isFinite(number) ? number : null;
}
