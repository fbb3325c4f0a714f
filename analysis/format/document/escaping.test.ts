import { describe, expect, test } from "vitest";
import { type Block, code, left, right } from "./document.ts";
import { renderLatex } from "./latex.ts";
import { renderMarkdown } from "./markdown.ts";
import { renderText } from "./text.ts";

const paragraph = (text: string): Block[] => [{ kind: "paragraph", text: [text] }];
const cell = (text: string): Block[] => [
  { kind: "table", caption: text, columns: [left("name"), right("ms")], rows: [[text, "1"]] },
];

describe("text", () => {
  test("control and direction characters are shown, not sent to the terminal", () => {
    expect(renderText(paragraph("a\u001b[31mb\u202ec\nd"))).toBe("a\\u{1b}[31mb\\u{202e}c\\u{a}d\n");
    expect(renderText(cell("a\u0007"))).toContain("a\\u{7}");
  });

  test("columns are aligned by what a terminal shows: two columns a CJK character, none for an accent", () => {
    const rows = ["東京", "cafe\u0301", "🚀", "plain"].map((name) => [name, "1"]);
    const [, , , ...lines] = renderText([{ kind: "table", caption: "c", columns: [left("x"), right("n")], rows }]).split("\n");
    expect(lines).toEqual(["  東京   1", "  cafe\u0301   1", "  🚀     1", "  plain  1", ""]);
  });

  test("columns are aligned, numbers to the right", () => {
    const table: Block = {
      kind: "table",
      caption: "c",
      columns: [left("image"), right("ms")],
      rows: [
        ["x", "1421"],
        ["medium", "–"],
      ],
    };
    expect(renderText([table])).toBe("c\n  image     ms\n  ------------\n  x       1421\n  medium     –\n");
  });
});

describe("markdown", () => {
  test("what would be markup, a cell's end or HTML is escaped", () => {
    expect(renderMarkdown(paragraph("a|b*c_d`e<f>[g](h)#"))).toBe("a\\|b\\*c\\_d\\`e\\<f\\>\\[g\\](h)\\#\n");
    expect(renderMarkdown(cell("a|b"))).toContain("| a\\|b |");
    expect(renderMarkdown(paragraph("a\nb"))).toBe("a\\\\u\\{a\\}b\n");
  });

  test("a name that would end its code span is not set as one", () => {
    expect(renderMarkdown([{ kind: "paragraph", text: [code("small"), code("a`b")] }])).toBe("`small`a\\`b\n");
  });
});

describe("latex", () => {
  test("every special character is escaped, in one pass", () => {
    const latex = renderLatex(paragraph('\\ { } $ & # _ % ~ ^ < > | " ` – × a--b'));
    expect(latex.split("\n")[2]).toBe(
      "\\textbackslash{} \\{ \\} \\$ \\& \\# \\_ \\% \\textasciitilde{} \\textasciicircum{} \\textless{} \\textgreater{} " +
        "\\textbar{} {\\char34} \\textasciigrave{} -- \\texttimes{} a-{}-b",
    );
  });

  test("no character is left that LaTeX does not know without further packages", () => {
    const names = [..."±δ×–−…√≥"].join(" ");
    expect(renderLatex(cell(names))).toMatch(/^[\n -~]*$/);
  });

  test("a name in another script is kept, and the needed LaTeX package is named", () => {
    expect(renderLatex(cell("東京"))).toMatch(/^% .*\n% has names in other scripts: compile it with XeLaTeX[\s\S]*東京 & 1/);
  });

  test("a table is a booktabs tabular with its cells escaped", () => {
    const latex = renderLatex(cell("my_image & co"));
    expect(latex).toContain("\\begin{tabular}{lr}\n    \\toprule\n    name & ms \\\\\n    \\midrule\n");
    expect(latex).toContain("    my\\_image \\& co & 1 \\\\\n    \\bottomrule");
    expect(latex).toContain("\\caption{my\\_image \\& co}");
  });
});
