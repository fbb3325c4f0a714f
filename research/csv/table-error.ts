/** A CSV file that is not what its declaration says; the message is one line: file:line, column, got, expected. */
export class TableError extends Error {
  override readonly name = "TableError";
}
