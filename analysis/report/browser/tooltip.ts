/** The words of what is under the pointer, or under the arrow keys in a picture that has the focus. Escape closes it. */
import { element } from "./element.ts";

const GAP_PX = 12;
const MARGIN_PX = 4;
const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowRight: (at, last) => Math.min(at + 1, last),
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowLeft: (at) => Math.max(at - 1, 0),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
};

export function followTooltips(): void {
  const tooltip = element(document, "#tooltip", HTMLElement);
  let shown: Element | undefined;
  const hide = (): void => {
    shown?.classList.remove("pointed");
    shown = undefined;
    tooltip.hidden = true;
  };
  const show = (mark: Element, x: number, y: number): void => {
    hide();
    shown = mark;
    shown.classList.add("pointed");
    tooltip.textContent = mark.getAttribute("data-words");
    tooltip.hidden = false;
    tooltip.style.left = `${within(x + GAP_PX, window.innerWidth - tooltip.offsetWidth)}px`;
    tooltip.style.top = `${within(y + GAP_PX, window.innerHeight - tooltip.offsetHeight)}px`;
  };
  const point = ({ target, clientX, clientY }: PointerEvent): void => {
    const mark = target instanceof Element ? target.closest("[data-words]") : null;
    if (mark === null) hide();
    else show(mark, clientX, clientY);
  };
  document.addEventListener("pointermove", point);
  document.addEventListener("pointerdown", point);
  document.addEventListener("focusout", hide);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    const step = STEPS[event.key];
    if (step === undefined || !(event.target instanceof SVGSVGElement)) return;
    const marks = [...event.target.querySelectorAll("[data-words]")];
    const at = shown === undefined ? -1 : marks.indexOf(shown);
    const next = marks[step(at, marks.length - 1)];
    if (next === undefined) return;
    event.preventDefault(); // the page would scroll
    next.scrollIntoView({ block: "nearest" });
    const { left, right, bottom } = next.getBoundingClientRect();
    show(next, (left + right) / 2, bottom);
  });
}

const within = (place: number, most: number): number => Math.max(MARGIN_PX, Math.min(place, most - MARGIN_PX));
