/** Where in a file, and what was there. */
export interface TablePlace {
  readonly line: number;
  readonly column?: string;
  /** The cell as it stands there, perhaps cut. */
  readonly value?: string;
  readonly expected?: string;
}

/** A CSV file that is not what its declaration says; the message is one line: file:line, column, got, expected. */
export class TableError extends Error {
  override readonly name = "TableError";
  /** Absent where the file as a whole is meant. */
  readonly place: TablePlace | undefined;

  constructor(message: string, place?: TablePlace, options?: ErrorOptions) {
    super(message, options);
    this.place = place;
  }
}
