/** `--images`: which images to start, and their names in the tables. */
import { MisuseError } from "../../research/misuse.ts";
import { IMAGE_NAME_PATTERN } from "../../research/protocol.ts";

export type ImageChoice =
  /** Built from packages by scripts/images and imported under our own name. */
  | { readonly kind: "local"; readonly name: LocalImage }
  /** An image of the paper: the tag is resolved to a digest by the registry, and pulled by it. */
  | { readonly kind: "paper"; readonly name: string; readonly tag: string }
  /** The user's own; the engine must have it. */
  | { readonly kind: "own"; readonly name: string; readonly reference: string };

export const LOCAL_IMAGES = ["small", "medium", "large"] as const;
/** Named as in the paper's own CSV. */
const PAPER_IMAGES = [
  { name: "alpine", tag: "alpine:latest" },
  { name: "nginx", tag: "nginx:latest" },
  { name: "python_3.11-slim", tag: "python:3.11-slim" },
] as const;

type LocalImage = (typeof LOCAL_IMAGES)[number];

/**
 * @param text `local`, `paper`, or a comma list of local names and NAME=REFERENCE
 * @throws MisuseError
 */
export function parseImages(text: string): ImageChoice[] {
  const choices = text.split(",").flatMap((part) => parsePart(part.trim()));
  const twice = choices.find(({ name }, index) => choices.findIndex((other) => other.name === name) < index);
  if (twice !== undefined) throw new MisuseError(`--images names ${twice.name} twice`);
  return choices;
}

function parsePart(part: string): ImageChoice[] {
  if (part === "local") return LOCAL_IMAGES.map((name) => ({ kind: "local", name }));
  if (part === "paper") return PAPER_IMAGES.map((image) => ({ kind: "paper", ...image }));
  const local = LOCAL_IMAGES.find((name) => name === part);
  if (local !== undefined) return [{ kind: "local", name: local }];
  const own = /^([^=]+)=(\S+)$/.exec(part);
  if (own === null) {
    throw new MisuseError(
      `--images ${JSON.stringify(part)} is not understood: expected local, paper, ${LOCAL_IMAGES.join(", ")} or NAME=REFERENCE`,
    );
  }
  const [, name, reference] = own as unknown as [string, string, string];
  if (!IMAGE_NAME_PATTERN.test(name))
    throw new MisuseError(`--images: ${JSON.stringify(name)} is not a name: expected letters, digits, dots, - and _`);
  return [{ kind: "own", name, reference: checkedReference(reference) }];
}

/** [HOST[:PORT]/]PATH[:TAG][@DIGEST], as the distribution project defines it; an id is a path, too. */
const HOST = String.raw`(?:\[[0-9a-fA-F:]+\]|[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?)(?::\d+)?`;
const PART = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
const TAG = String.raw`\w[\w.-]{0,127}`;
const DIGEST = "[A-Za-z][A-Za-z0-9+._-]*:[0-9a-fA-F]+";
const REFERENCE = new RegExp(`^(?:${HOST}/)?${PART}(?:/${PART})*(?::${TAG})?(?:@${DIGEST})?$`);

/** It becomes part of an API path, so anything else is refused. @throws MisuseError */
function checkedReference(text: string): string {
  if (REFERENCE.test(text)) return text;
  const lower = text.replace(/^[^@]*?(?=:[^/:]*$|@|$)/, (name) => name.toLowerCase());
  if (lower !== text && REFERENCE.test(lower))
    throw new MisuseError(`${JSON.stringify(text)} is no image reference: names are lower case; did you mean ${lower}?`);
  throw new MisuseError(`${JSON.stringify(text)} is no image reference: expected [HOST/]NAME[:TAG][@DIGEST] or an image's id`);
}

/** An image for a single start: one of ours by its name, or a reference that the engine has. */
export function parseImageOrLocal(text: string): ImageChoice {
  const local = LOCAL_IMAGES.find((name) => name === text);
  return local === undefined ? { kind: "own", name: "image", reference: checkedReference(text) } : { kind: "local", name: local };
}
