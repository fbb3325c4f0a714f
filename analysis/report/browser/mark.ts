/** Marks of the pictures: what a bar or dot stands for. */

/** As Vega keeps them at the elements that it draws. */
interface Item {
  readonly tooltip?: unknown;
  readonly mark: { readonly items: readonly { readonly datum: Datum }[] };
}

/** The fields of a row of data: those of its kind that we know, and any others. */
export type Datum = Readonly<Record<string, unknown>>;

export interface Mark {
  readonly element: Element;
  readonly datum: Datum;
  /** Of all the marks that were drawn with it. */
  readonly siblings: readonly Datum[];
}

/** `undefined` for what stands for no data. */
export function markOf(element: Element): Mark | undefined {
  const item = (element as Element & { readonly __data__?: Item }).__data__;
  if (item === undefined || typeof item.tooltip !== "object" || item.tooltip === null) return undefined;
  return { element, datum: item.tooltip as Datum, siblings: item.mark.items.map(({ datum }) => datum) };
}

/** In the order of the data; the names and numbers beside the marks are not marks of their own. */
export const marksIn = (picture: Element): Mark[] =>
  [...picture.querySelectorAll(".role-mark > :not(text, g)")].flatMap((element) => markOf(element) ?? []);
