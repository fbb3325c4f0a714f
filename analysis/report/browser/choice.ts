/** Of figures that stand below one another, the one that is chosen. */
import { element } from "./element.ts";

export function followChoice(): void {
  for (const select of document.querySelectorAll<HTMLSelectElement>("select[data-choice]")) {
    const section = element(document, `#${select.dataset.choice}`, HTMLElement);
    const choose = (): void => {
      for (const each of section.querySelectorAll<HTMLElement>(".chosen")) each.hidden = each.dataset.place !== select.value;
    };
    select.addEventListener("change", choose);
    element(section, ".choice", HTMLElement).hidden = false;
    choose();
  }
}
