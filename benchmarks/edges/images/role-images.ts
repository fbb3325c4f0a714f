/** The images for experiments' workloads: those of startup where they fit, otherwise our own. */
import type Docker from "dockerode";
import { identityOf } from "../../../research/image-identity.ts";
import type { ImageDescription, UsedImage } from "../../../research/manifest.ts";
import type { Experiment } from "../../design/experiment.ts";
import { type ImageChoice, parseImages } from "../../design/image-choice.ts";
import { IMAGE_ROLES, type ImageRole } from "../../design/ports.ts";
import { provideImage } from "./images.ts";

/** By the names of `--images local` and `--images paper`; the first is what is taken when none was chosen. */
const FITTING: Readonly<Record<ImageRole, readonly [string, string]>> = {
  shell: ["small", "alpine"],
  web: ["medium", "nginx"],
  python: ["large", "python_3.11-slim"],
  // Its program runs on the host, too, which has no other image's libraries.
  static: ["small", "small"],
  chosen: ["small", "small"],
};

export type RoleImages = Readonly<Partial<Record<ImageRole, ImageDescription | { readonly problem: string }>>>;

/** @param choices of `--images` @param command of starts in the chosen one; `undefined`: the image's own */
export async function provideRoles(
  docker: Docker,
  wanted: ReadonlySet<ImageRole>,
  choices: readonly ImageChoice[],
  say: (line: string) => void,
  signal: AbortSignal,
  command?: readonly string[],
): Promise<RoleImages> {
  const provided: Partial<Record<ImageRole, ImageDescription | { problem: string }>> = {};
  for (const role of IMAGE_ROLES) {
    if (!wanted.has(role)) continue;
    const isChosen = role === "chosen";
    const fitting = choices.find(({ kind, name }) => isChosen || (kind !== "own" && FITTING[role].includes(name)));
    const [usual] = FITTING[role];
    try {
      const choice = fitting ?? (parseImages(usual)[0] as ImageChoice);
      provided[role] = await provideImage(docker, choice, say, signal, isChosen ? { command } : {});
    } catch (error) {
      signal.throwIfAborted();
      provided[role] = { problem: (error as Error).message };
    }
  }
  return provided;
}

/** For the manifest: the images of an experiment's roles, as far as they are available, or those that were chosen for it; nothing where it has neither. */
export function usedImages(
  { roles, ofImages, conditionsIn }: Experiment,
  provided: RoleImages,
  chosen: readonly ImageDescription[],
): { readonly images?: UsedImage[] } {
  if (roles.length === 0 && ofImages.length === 0) return {};
  const own = chosen.filter(({ name }) => ofImages.includes(name));
  const images = roles.flatMap((role) => {
    const image = provided[role];
    if (image === undefined || "problem" in image) return [];
    return [{ name: image.name, ...identityOf(image), conditions: [...conditionsIn(role)] }];
  });
  return { images: [...images, ...own.map((image) => ({ name: image.name, ...identityOf(image), conditions: [image.name] }))] };
}
