/** What is under the pointer, or under the arrow keys in a picture that has the focus. Escape closes it. */
import { describeMark } from "./describe-mark.ts";
import { element } from "./element.ts";
import { type Mark, markOf, marksIn } from "./mark.ts";

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
  const show = (mark: Mark, x: number, y: number): void => {
    hide();
    shown = mark.element;
    shown.classList.add("pointed");
    tooltip.textContent = describeMark(mark);
    tooltip.hidden = false;
    tooltip.style.left = `${within(x + GAP_PX, window.innerWidth - tooltip.offsetWidth)}px`;
    tooltip.style.top = `${within(y + GAP_PX, window.innerHeight - tooltip.offsetHeight)}px`;
  };
  const point = ({ target, clientX, clientY }: PointerEvent): void => {
    const inPicture = target instanceof Element && target.closest(".picture") !== null;
    // Not the topmost alone: a brush lies over the dots.
    const [mark] = inPicture ? document.elementsFromPoint(clientX, clientY).flatMap((each) => markOf(each) ?? []) : [];
    if (mark === undefined) hide();
    else show(mark, clientX, clientY);
  };
  document.addEventListener("pointermove", point);
  document.addEventListener("pointerdown", point);
  document.addEventListener("focusout", hide);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hide();
    const step = STEPS[event.key];
    if (step === undefined || !(event.target instanceof HTMLElement) || !event.target.matches(".picture")) return;
    const marks = marksIn(event.target);
    const next =
      marks[
        step(
          marks.findIndex((mark) => mark.element === shown),
          marks.length - 1,
        )
      ];
    if (next === undefined) return;
    event.preventDefault(); // the page would scroll
    next.element.scrollIntoView({ block: "nearest" });
    const { left, right, bottom } = next.element.getBoundingClientRect();
    show(next, (left + right) / 2, bottom);
  });
}

const within = (place: number, most: number): number => Math.max(MARGIN_PX, Math.min(place, most - MARGIN_PX));
