import { expect, test } from "vitest";
import { html, inlineJson } from "./html-template.ts";

test("what is put in is escaped, markup made in the same way is not, and nothing is escaped twice", () => {
  const label = `<b title="x">'&`;
  expect(html`<p>${[html`<i>${label}</i>`, 1]}</p>`.markup).toBe("<p><i>&lt;b title=&quot;x&quot;&gt;&#39;&amp;</i>1</p>");
});

test("control and format characters are made visible, line ends kept", () => {
  expect(html`${"a\nb\u202e\u0000"}`.markup).toBe("a\nb\\u{202e}\\u{0}");
});

test("JSON in a page cannot end its element, and is what it was", () => {
  const value = { "</script>": "<!-- & \u2028 \u2029" };
  const { markup } = inlineJson(value);
  expect(markup).not.toMatch(/[<>&\u2028\u2029]/);
  expect(JSON.parse(markup)).toEqual(value);
});
