/** The engine went away, or was started again: what is left of the session is another one's. */
export class EngineLost extends Error {
  override readonly name = "EngineLost";
}
