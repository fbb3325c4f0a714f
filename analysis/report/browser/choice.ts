/** Which platform, image and mode are shown. */
import { element } from "./element.ts";
import type { Pictures } from "./pictures.ts";

/** Nothing where the page has no starts that are split into phases. */
export async function followChoice(pictures: Pictures): Promise<void> {
  const form = document.querySelector<HTMLFormElement>("#choice");
  if (form === null) return;
  const conditions = [...document.querySelectorAll<HTMLElement>(".condition")];
  const choose = async (): Promise<void> => {
    const chosen = [...new FormData(form)];
    for (const condition of conditions) {
      condition.hidden = chosen.some(([name, value]) => value !== "" && condition.dataset[name] !== value);
    }
    const shown = conditions.filter(({ hidden }) => !hidden);
    element(form, "output", HTMLOutputElement).textContent = `${shown.length} of ${conditions.length} shown`;
    for (const condition of shown) await pictures.drawVisible(condition);
  };
  form.addEventListener("change", choose);
  form.addEventListener("submit", (event) => event.preventDefault());
  await choose();
}
