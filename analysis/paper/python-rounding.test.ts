import { expect, test } from "vitest";
import { fixed, numpyRound, round, shortest } from "./python-rounding.ts";

// Python 3.11: f"{value:.{digits}f}"
test.each([
  [0.125, 2, "0.12"],
  [0.375, 2, "0.38"],
  [-0.125, 2, "-0.12"],
  [15.625, 2, "15.62"],
  [2.675, 2, "2.67"],
  [1.005, 2, "1.00"],
  [0.5, 0, "0"],
  [1.5, 0, "2"],
  [2.5, 0, "2"],
  [0.25, 1, "0.2"],
  [0.75, 1, "0.8"],
  [1e-9, 6, "0.000000"],
  [-0.001, 2, "-0.00"],
  [-0, 2, "-0.00"],
  [123456.785, 2, "123456.79"],
])("%d to %d decimals is %s", (value, digits, text) => {
  expect(fixed(value, digits)).toBe(text);
});

test("round gives back the number of what is printed", () => {
  expect([round(0.125, 2), round(2.675, 2), round(-1.5, 0)]).toEqual([0.12, 2.67, -2]);
});

test("NumPy scales before it rounds: numpy.round(2.675, 2) is 2.68, and round(2.675, 2) is 2.67", () => {
  expect(numpyRound(2.675, 2)).toBe(2.68);
  expect(numpyRound(0.0000025, 6)).toBe(0.000002);
});

test("a whole number keeps its .0: str(-1.0)", () => {
  expect([shortest(-1), shortest(1250), shortest(0.147), shortest(-0)]).toEqual(["-1.0", "1250.0", "0.147", "-0.0"]);
});
