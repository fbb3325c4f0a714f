/** What identifies an image by its content: its layers, and its configuration as far as it affects a start. */
import { createHash } from "node:crypto";

const sha256 = (text: string): string => `sha256:${createHash("sha256").update(text).digest("hex")}`;

/** Layers are named by their content (`RootFS.Layers`): of one layer its own digest, of several a digest of theirs. */
export const layersDigest = (layers: readonly string[]): string =>
  layers.length === 1 && layers[0] !== undefined ? layers[0] : sha256(layers.join("\n"));

/** As `/images/NAME/json` has it; engines differ in what they leave out, and in what they write for nothing. */
export interface ImageConfig {
  readonly Entrypoint?: string | readonly string[] | null | undefined;
  readonly Cmd?: string | readonly string[] | null | undefined;
  readonly Env?: readonly string[] | null | undefined;
  readonly User?: string | null | undefined;
  readonly WorkingDir?: string | null | undefined;
  readonly Volumes?: object | null | undefined;
  readonly Healthcheck?: object | null | undefined;
}

/** Engines that keep no search path in an image add this one to a container, and others write it into the image. */
const USUAL_PATH = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

/** Nothing of it depends on when or into which store the image came: no dates, no history, no labels. */
export function configDigest(config: ImageConfig): string {
  const said = {
    entrypoint: config.Entrypoint,
    command: config.Cmd,
    environment: config.Env?.filter((variable) => variable !== USUAL_PATH).toSorted(),
    user: config.User,
    folder: config.WorkingDir === "/" ? "" : config.WorkingDir,
    volumes: Object.keys(config.Volumes ?? {}).toSorted(),
    health: Object.entries(config.Healthcheck ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  };
  return sha256(JSON.stringify(Object.entries(said).filter(([, value]) => value && value.length > 0)));
}
