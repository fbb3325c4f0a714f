import { expect, test } from "vitest";
import { Opened } from "./opened.ts";

test("what was opened is closed, the last first, also where something fails, and the failure is reported", async () => {
  const closed: string[] = [];
  const opened = new Opened();
  opened.add({ [Symbol.dispose]: () => closed.push("first") });
  opened.add({ [Symbol.asyncDispose]: () => Promise.reject(new Error("it is stuck")) });
  opened.add({ [Symbol.asyncDispose]: async () => void closed.push("last") });
  await expect(opened[Symbol.asyncDispose]()).rejects.toThrow("it is stuck");
  expect(closed).toEqual(["last", "first"]);
});
