import { expect, test } from "vitest";
import { timeOrder } from "./time-order.ts";

test("copes with one trial, and with trials that are all equal", () => {
  expect(timeOrder([5])).toEqual({ lag1_autocorrelation: null, ljung_box_p: null, effective_n: null, changepoints: [] });
  expect(timeOrder(Array.from({ length: 20 }, () => 5))).toMatchObject({ ljung_box_p: null, changepoints: [] });
});
