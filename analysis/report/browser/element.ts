/** What the page is known to have. */

/** @throws Error when it is not there, or something else is */
export function element<E extends Element>(root: ParentNode, selector: string, kind: new () => E): E {
  const found = root.querySelector(selector);
  if (found instanceof kind) return found;
  throw new Error(`the page lacks ${selector}, or it is no ${kind.name}`);
}
