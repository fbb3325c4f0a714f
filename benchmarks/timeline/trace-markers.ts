/** The markers that the helper wrote into the trace, found again: what the kernel stamped, and the wall clock it was told. */
import { type ClockNs, clockNs } from "../../research/units.ts";
import type { Marker, WallReading } from "./clock-mapping.ts";
import { MARKER } from "./sidecar-script.ts";

/** When the client asked for a marker, and when it read the answer. */
export interface RoundTrip {
  readonly name: string;
  readonly sent: ClockNs;
  readonly received: ClockNs;
}

const LINE = new RegExp(`\\s(\\d+)\\.(\\d{6}): tracing_mark_write: ${MARKER} (\\S+)(?: (\\d+)\\.(\\d{6}))?\\s*$`);
/** $EPOCHREALTIME of the shell has microseconds, cut off. */
const WALL_GRAIN_NS = 1_000n;

/**
 * @param lines of the trace
 * @returns a marker for each round trip whose stamp is there, and the readings of the wall clock, where the shell has one
 */
export function findMarkers(
  lines: readonly string[],
  roundTrips: readonly RoundTrip[],
): { markers: Marker[]; wall: WallReading[] } {
  const stamps = new Map<string, { stamped: ClockNs; wall: bigint | undefined }[]>();
  for (const line of lines) {
    const match = LINE.exec(line);
    if (match === null) continue;
    const [, seconds, micros, name, wallSeconds, wallMicros] = match as unknown as [
      string,
      string,
      string,
      string,
      string?,
      string?,
    ];
    const stamped = clockNs(BigInt(seconds + micros) * 1_000n);
    const wall = wallSeconds === undefined || wallMicros === undefined ? undefined : BigInt(wallSeconds + wallMicros) * 1_000n;
    stamps.set(name, [...(stamps.get(name) ?? []), { stamped, wall }]);
  }
  const markers: Marker[] = [];
  const wall: WallReading[] = [];
  for (const { name, sent, received } of roundTrips) {
    const [first, second] = stamps.get(name) ?? [];
    if (first === undefined) continue;
    markers.push({ sent, received, stamped: first.stamped });
    if (second?.wall !== undefined)
      wall.push({ before: first.stamped, wall: second.wall, grain: WALL_GRAIN_NS, after: second.stamped });
  }
  return { markers, wall };
}
