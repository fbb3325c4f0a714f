/**
 * In random order: Fisher and Yates's shuffle (Knuth, The Art of Computer Programming 2, algorithm P).
 * @param below draws a whole number from 0 to one less than it is given, each as likely
 */
export function shuffled<T>(items: readonly T[], below: (size: number) => number): T[] {
  const order = [...items];
  shuffle(order, below);
  return order;
}

/** The same, in place. */
export function shuffle<T>(order: { readonly length: number; [place: number]: T }, below: (size: number) => number): void {
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = below(last + 1);
    const kept = order[last] as T;
    order[last] = order[other] as T;
    order[other] = kept;
  }
}
