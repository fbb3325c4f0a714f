/** A report as LaTeX to be \input; tables by booktabs. */

import { visible } from "../../../research/text/visible.ts";
import type { Block, Inline } from "./document.ts";

export const renderLatex = (blocks: readonly Block[]): string => written(blocks.map(renderBlock).join("\n\n"), "booktabs");

function written(body: string, packages: string): string {
  const other = /[^\n -~]/.test(body)
    ? "% has names in other scripts: compile it with XeLaTeX or LuaLaTeX, and a font that has them\n"
    : "";
  return `% written by tierbench; needs \\usepackage{${packages}}, before LaTeX 2020 also \\usepackage{textcomp}\n${other}\n${body}\n`;
}

interface Picture {
  readonly file: string;
  /** Over both columns of the text. */
  readonly wide: boolean;
}

/** The pictures of a figure under one caption, then its tables. */
export function renderFigureLatex(pictures: readonly Picture[], caption: string, tables: readonly Block[]): string {
  const figures = pictures.map(({ file, wide }, index) => {
    const kind = wide ? "figure*" : "figure";
    const continued = `${caption.split(". ")[0]} (continued, ${index + 1} of ${pictures.length}).`;
    return [
      `\\begin{${kind}}[tbp]`,
      "  \\centering",
      `  \\includegraphics[width=${wide ? "\\textwidth" : "\\columnwidth"}]{${file}}`,
      `  \\caption{${escaped(index === 0 ? caption : continued)}}`,
      `\\end{${kind}}`,
    ].join("\n");
  });
  return written([...figures, ...tables.map(renderBlock)].join("\n\n"), "booktabs,graphicx");
}

function renderBlock(block: Block): string {
  switch (block.kind) {
    case "heading":
      return `\\subsection*{${escaped(block.text)}}`;
    case "paragraph":
      return inline(block.text);
    case "list":
      return ["\\begin{itemize}", ...block.items.map((item) => `  \\item ${inline(item)}`), "\\end{itemize}"].join("\n");
    case "table": {
      const row = (cells: readonly string[]): string => `    ${cells.map(escaped).join(" & ")} \\\\`;
      return [
        "\\begin{table}[htbp]",
        "  \\centering",
        `  \\caption{${escaped(block.caption)}}`,
        `  \\begin{tabular}{${block.columns.map((column) => column.align[0]).join("")}}`,
        "    \\toprule",
        row(block.columns.map((column) => column.title)),
        "    \\midrule",
        ...block.rows.map(row),
        "    \\bottomrule",
        "  \\end{tabular}",
        "\\end{table}",
      ].join("\n");
    }
    default:
      throw block satisfies never;
  }
}

const inline = (text: Inline): string =>
  text.map((part) => (typeof part === "string" ? escaped(part) : `\\texttt{${escaped(part.code)}}`)).join("");

const COMMANDS: Readonly<Record<string, string>> = {
  "\\": "\\textbackslash{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "<": "\\textless{}",
  ">": "\\textgreater{}",
  "|": "\\textbar{}",
  "`": "\\textasciigrave{}",
  // \textquotedbl is unknown to the default encoding, OT1.
  '"': "{\\char34}",
  "–": "--",
  "−": "\\textminus{}",
  "×": "\\texttimes{}",
  "…": "\\dots{}",
  "±": "\\textpm{}",
  δ: "\\ensuremath{\\delta}",
  "√": "\\ensuremath{\\surd}",
  "≥": "\\ensuremath{\\geq}",
  "≤": "\\ensuremath{\\leq}",
  "→": "\\ensuremath{\\rightarrow}",
  "·": "\\textperiodcentered{}",
  "†": "\\textdagger{}",
  "‡": "\\textdaggerdbl{}",
  "▸": "\\ensuremath{\\triangleright}",
  "◂": "\\ensuremath{\\triangleleft}",
  // The micro sign, and the Greek letter that looks like it.
  "\u00b5": "\\textmu{}",
  "\u03bc": "\\textmu{}",
};

/** One pass, so that what an escape brings in is not escaped again; `--` of a name must not become a dash. */
const escaped = (text: string): string =>
  visible(text).replace(/[\\~^<>|`"–−×…±δ√≥≤→·†‡▸◂\u00b5\u03bc{}$&#_%]|-(?=-)/gu, (character) =>
    character === "-" ? "-{}" : (COMMANDS[character] ?? `\\${character}`),
  );
