/** How long something takes, for people. */

/** `40 s`, `1 min`, `1 h 20 min`: rounded up, so that nobody waits longer than told. @param seconds 0 or more */
export function duration(seconds: number): string {
  if (seconds <= 55) return `${Math.ceil(seconds)} s`;
  const minutes = Math.ceil(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return rest === 0 ? `${hours} h` : `${hours} h ${rest} min`;
}
