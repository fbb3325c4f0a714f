/** What the sessions of a run must have in common, so that one which was interrupted may be continued. */
import { identityOf, imageDifference } from "../../../../research/image-identity.ts";
import type { RunIdentity, Session } from "../../../../research/manifest.ts";

export const runIdentity = (
  { engine, host, images }: Pick<Session, "engine" | "host" | "images">,
  engineId: string | null,
): RunIdentity => ({
  engine_id: engineId,
  ...{ server: engine.server, runtime: engine.runtime, storage_driver: engine.storage_driver },
  ...{ kernel: host.kernel, cpu: host.cpu },
  images: images.map((image) => ({ name: image.name, ...identityOf(image) })),
});

/** @throws Error that names everything that is not as it was */
export function refuseOther(then: RunIdentity, now: RunIdentity): void {
  const facts: readonly (readonly [string, string | null, string | null])[] = [
    ["engine", then.server, now.server],
    ["runtime", then.runtime, now.runtime],
    ["storage driver", then.storage_driver, now.storage_driver],
    ["kernel", then.kernel, now.kernel],
    ["CPU", then.cpu, now.cpu],
    ["engine's own id", then.engine_id, now.engine_id],
  ];
  const differences = [
    ...facts.flatMap(([what, before, after]) =>
      before === after || before === null || after === null ? [] : [`${what} ${before} then, ${after} now`],
    ),
    ...then.images.flatMap((image) => {
      const current = now.images.find(({ name }) => name === image.name);
      const difference = current === undefined ? "not there any more" : imageDifference(image, current);
      return difference === undefined ? [] : [`image ${image.name}: ${difference}`];
    }),
  ];
  if (differences.length === 0) return;
  throw new Error(
    `--resume goes on with the same engine, machine and images alone, and this is not what the interrupted run measured: ${differences.join("; ")}; restore that, or measure under another label`,
  );
}
