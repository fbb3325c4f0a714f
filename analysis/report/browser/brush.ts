/** Rows of a condition that are brushed in the picture of the starts in order. */

export interface Brushed {
  /** By its place among the platform's. */
  readonly condition: number;
  readonly from: number;
  readonly to: number;
}

/** The figure names its panels so: platform, condition, and the rows at the ends of its scale. */
const PANEL = /^rows_\d+_(\d+)_(\d+)_(\d+)$/;
const SVG = "http://www.w3.org/2000/svg";

export function followBrush(place: HTMLElement, onBrushed: (brushed: Brushed) => void): void {
  for (const panel of place.querySelectorAll<SVGGElement>("g[class^=rows_]")) {
    const [, condition, first, last] = (PANEL.exec(panel.getAttribute("class") ?? "") ?? []).map(Number);
    const plot = panel.querySelector<SVGPathElement>("path.background");
    if (condition === undefined || first === undefined || last === undefined || plot === null) continue;
    const owner = plot.closest("g") ?? panel;
    plot.classList.add("brushable");
    const box = plot.getBBox.bind(plot);
    const rowAt = (event: PointerEvent): number => {
      const matrix = owner.getScreenCTM();
      if (matrix === null) return first;
      const { x } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
      const { x: left, width } = box();
      return first + (last - first) * Math.min(1, Math.max(0, (x - left) / width));
    };
    owner.addEventListener("pointerdown", (down) => {
      const start = rowAt(down);
      const { x: left, y, width, height } = box();
      for (const old of place.querySelectorAll("rect.brush")) old.remove();
      const rect = document.createElementNS(SVG, "rect");
      rect.setAttribute("class", "brush");
      rect.setAttribute("y", String(y));
      rect.setAttribute("height", String(height));
      owner.append(rect);
      const move = (event: PointerEvent): void => {
        const [a, b] = [start, rowAt(event)].sort((one, other) => one - other) as [number, number];
        const px = (row: number): number => left + (width * (row - first)) / (last - first);
        rect.setAttribute("x", String(px(a)));
        rect.setAttribute("width", String(px(b) - px(a)));
        onBrushed({ condition, from: Math.max(1, Math.ceil(a)), to: Math.floor(b) });
      };
      window.addEventListener("pointermove", move);
      window.addEventListener(
        "pointerup",
        (up) => {
          window.removeEventListener("pointermove", move);
          // A click chooses nothing, and leaves no stroke.
          if (Math.abs(rowAt(up) - start) < 1) rect.remove();
        },
        { once: true },
      );
    });
  }
}
