/** An experiment that cannot be measured here, though others may. The message says what is missing. */
export class Unmeasurable extends Error {
  override readonly name = "Unmeasurable";
}
