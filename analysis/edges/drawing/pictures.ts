/** A page as a picture, in each of its formats. */

export interface Pictures {
  readonly svg: string;
  /** 300 dots an inch, which it says: placed in a document it is as wide as the others. Nothing of it is transparent. */
  readonly png: Uint8Array;
  /** One page as large as the picture, vector, with the letters that it uses embedded. */
  readonly pdf: Uint8Array;
}

export type Format = keyof Pictures;
export const FORMATS = ["svg", "png", "pdf"] as const satisfies readonly Format[];

/** Those formats that were asked for. */
export type Chosen = Partial<Pictures>;
