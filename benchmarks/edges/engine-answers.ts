/**
 * What the engine's answers must have in them before anything is read out of them: a server that is no engine, or a proxy
 * that rewrites, is told of by the call and the field.
 */
import * as z from "zod";
import { firstIssue } from "../../research/text/first-issue.ts";

const labels = z.record(z.string(), z.string()).nullish();
const network = z.looseObject({ Gateway: z.string().optional() });
const container = z.looseObject({
  Config: z.looseObject({ Labels: labels }).optional(),
  HostConfig: z.looseObject({}).optional(),
  NetworkSettings: z.looseObject({ Networks: z.record(z.string(), network).nullish() }).optional(),
  State: z.looseObject({ Pid: z.int() }),
});
const image = z.looseObject({
  Config: z.looseObject({}),
  RepoDigests: z.array(z.string()).nullish(),
  RootFS: z.looseObject({ Layers: z.array(z.string()).nullish() }).nullish(),
  GraphDriver: z.looseObject({ Data: z.record(z.string(), z.string()).nullish() }).nullish(),
  Size: z.int().nonnegative(),
});
const info = z.looseObject({
  NCPU: z.int().positive().optional(),
  ContainersRunning: z.int().nonnegative().optional(),
  ...Object.fromEntries(
    ["ID", "Name", "KernelVersion", "Driver", "CgroupDriver", "CgroupVersion", "DefaultRuntime", "DockerRootDir"].map((name) => [
      name,
      z.string().optional(),
    ]),
  ),
});
const version = z.looseObject({
  ...{ Version: z.string().optional(), ApiVersion: z.string().optional(), Arch: z.string().optional() },
  Components: z.array(z.looseObject({ Name: z.string(), Version: z.string() })).nullish(),
});

const ANSWERS: readonly (readonly [RegExp, z.ZodType])[] = [
  [/^GET \/info$/, info],
  [/^GET \/version$/, version],
  [/^POST \/containers\/create$/, z.looseObject({ Id: z.string().min(1) })],
  [/^GET \/containers\/json$/, z.array(z.looseObject({ Id: z.string().min(1), Labels: labels }))],
  [/^GET \/containers\/[^/]+\/json$/, container],
  [/^POST \/containers\/[^/]+\/wait$/, z.looseObject({ StatusCode: z.int() })],
  [/^GET \/images\/json$/, z.array(z.looseObject({ Labels: labels, RepoTags: z.array(z.string()).nullish() }))],
  [/^GET \/images\/.+\/json$/, image],
  [/^GET \/distribution\//, z.looseObject({ Descriptor: z.looseObject({ digest: z.string() }) })],
  [/^GET \/volumes$/, z.looseObject({ Volumes: z.array(z.looseObject({ Name: z.string(), Labels: labels })).nullish() })],
  [/^(POST \/volumes\/create|GET \/volumes\/[^/]+)$/, z.looseObject({ Name: z.string(), Mountpoint: z.string() })],
  [/^GET \/networks\/[^/]+$/, z.looseObject({ Id: z.string() })],
];

/**
 * @param call as `GET /info`
 * @returns what is wrong with its answer, as `NCPU: expected number`; `undefined` where nothing is
 */
export function answerProblem(call: string, answer: unknown): string | undefined {
  const schema = ANSWERS.find(([pattern]) => pattern.test(call))?.[1];
  const error = schema?.safeParse(answer).error;
  return error && firstIssue(error);
}
