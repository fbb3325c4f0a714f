/** Pictures, drawn when they are first shown: a page may hold dozens that nobody selects. */
import { parse, type Spec, View } from "vega";
import { expressionInterpreter } from "vega-interpreter";

export class Pictures {
  readonly #specs: readonly object[];
  readonly #views = new Map<HTMLElement, Promise<View>>();
  constructor(specs: readonly object[]) {
    this.#specs = specs;
  }

  draw(place: HTMLElement): Promise<View> {
    const known = this.#views.get(place);
    if (known !== undefined) return known;
    const view = drawn(this.#specs[Number(place.dataset.chart)] as Spec, place);
    this.#views.set(place, view);
    return view;
  }

  async drawVisible(root: ParentNode): Promise<void> {
    for (const place of root.querySelectorAll<HTMLElement>(".picture")) {
      if (place.closest("[hidden]") === null) await this.draw(place);
    }
  }
}

async function drawn(spec: Spec, place: HTMLElement): Promise<View> {
  const words = place.getAttribute("aria-label") ?? "";
  // Interpreted, not made into functions: the page's policy forbids that.
  const runtime = parse(spec, {}, { ast: true });
  // Tooltips are ours: Vega's own do not reach what lies under a brush, and know no keys.
  const view = new View(runtime, { expr: expressionInterpreter, renderer: "svg", container: place, tooltip: () => undefined });
  if (place.closest(".trials") !== null) fitWidth(view, place);
  await view.runAsync();
  // The place has its role and words; Vega has put others in their stead.
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", words);
  place.removeAttribute("aria-roledescription");
  place.querySelector("svg")?.setAttribute("aria-hidden", "true");
  return view;
}

/** What is brushed is drawn as wide as its place: Vega does not know where a pointer is in a picture that is scaled. */
function fitWidth(view: View, place: HTMLElement): void {
  const fit = (): View => view.width(place.clientWidth - Number(view.signal("aside_px")));
  fit();
  window.addEventListener("resize", () => fit().runAsync());
}
