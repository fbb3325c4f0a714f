/**
 * In random order: Fisher and Yates's shuffle (Knuth, The Art of Computer Programming 2, algorithm P).
 * @param below draws a whole number from 0 to one less than it is given, each as likely
 */
export function shuffled<T>(items: readonly T[], below: (size: number) => number): T[] {
  const order = [...items];
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = below(last + 1);
    [order[last], order[other]] = [order[other] as T, order[last] as T];
  }
  return order;
}
