/** What an interrupted run left behind, and how to remove it; or why it is left alone. */
export type Leftover =
  | { readonly what: string; readonly remove: () => Promise<unknown> }
  | { readonly what: string; readonly kept: string };
