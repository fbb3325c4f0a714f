/** Paper has no lids to lift. */
export function openForPrint(): void {
  let closed: HTMLDetailsElement[] = [];
  const setOpen = (open: boolean): void => {
    for (const details of closed) details.open = open;
  };
  window.addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll<HTMLDetailsElement>("details:not([open])")];
    setOpen(true);
  });
  window.addEventListener("afterprint", () => setOpen(false));
}
