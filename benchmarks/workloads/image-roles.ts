/** Which image stands for which size. */
import type { ImageSize } from "../../research/protocol.ts";
import type { ImageRole } from "../design/ports.ts";

export const ROLE_OF_SIZE: Readonly<Record<ImageSize, ImageRole>> = { small: "shell", medium: "web", large: "python" };
