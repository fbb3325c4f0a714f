import { expect, test } from "vitest";
import { answerProblem } from "./engine-answers.ts";

test.each([
  ["GET /info", "<html>", "Invalid input: expected object, received string"],
  ["GET /info", { NCPU: "two" }, "NCPU: Invalid input: expected number, received string"],
  ["GET /version", { Components: [{ Name: "Engine" }] }, "Components.0.Version: missing, expected string"],
  ["POST /containers/create", {}, "Id: missing, expected string"],
  ["GET /images/busybox:1/json", { Size: 1, Config: {}, RootFS: { Layers: {} } }, "RootFS.Layers: Invalid input: expected array"],
  ["GET /images/a/b/json", null, "Invalid input: expected object, received null"],
  ["GET /containers/0123456789ab/json", { State: null }, "State: Invalid input: expected object, received null"],
  ["GET /containers/json", {}, "Invalid input: expected array, received object"],
  ["POST /containers/0123456789ab/wait", "", "Invalid input: expected object, received string"],
])("%s answered with %j is told of by its field", (call, answer, problem) => {
  expect(answerProblem(call, answer)).toContain(problem);
});

test.each([
  ["GET /_ping", "OK"],
  ["DELETE /containers/0123456789ab", ""],
  ["GET /info", {}],
  ["GET /images/x/json", { Size: 0, Config: { Entrypoint: null }, RootFS: { Type: "layers" }, GraphDriver: null }],
  ["GET /containers/x/json", { State: { Pid: 0 }, NetworkSettings: { Networks: null } }],
])("%s answered with %j is in order", (call, answer) => {
  expect(answerProblem(call, answer)).toBeUndefined();
});
