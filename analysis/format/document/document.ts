/** What a report consists of, before it has a format. Text is raw here; each format escapes it in its own way. */

/** Running text; `code` is a name from outside or a column's name, set apart. */
export type Inline = readonly (string | { readonly code: string })[];

export interface Column {
  readonly title: string;
  readonly align: "left" | "right";
  /** Tells more of the column before it, and is never parted from that. */
  readonly besides?: true;
}

export type Block =
  | { readonly kind: "heading"; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: Inline }
  | { readonly kind: "list"; readonly items: readonly Inline[] }
  | {
      readonly kind: "table";
      readonly caption: string;
      /** How many of the columns, from the first on, say what a row is about: 1 without it. */
      readonly names?: number;
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly string[])[];
    };

export const left = (title: string): Column => ({ title, align: "left" });
export const right = (title: string): Column => ({ title, align: "right" });
export const besides = (title: string): Column => ({ title, align: "right", besides: true });
export const code = (name: string): { readonly code: string } => ({ code: name });
