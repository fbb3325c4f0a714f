/** Where a link leads, or a search of the browser's, is opened. */
export function followLinks(): void {
  const open = (): void => {
    if (location.hash.length < 2) return;
    const target = document.getElementById(location.hash.slice(1));
    for (const inside of target?.querySelectorAll<HTMLDetailsElement>(":scope > details") ?? []) inside.open = true;
    for (let each = target?.closest("details"); each; each = each.parentElement?.closest("details")) each.open = true;
    target?.scrollIntoView();
  };
  window.addEventListener("hashchange", open);
  // A link to where one is already changes no hash.
  document.addEventListener("click", ({ target }) => {
    if (target instanceof Element && target.closest("a[href^='#']")?.getAttribute("href") === location.hash) open();
  });
  open();
}
