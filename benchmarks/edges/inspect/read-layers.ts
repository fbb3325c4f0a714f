/** An image's layers: content, what made them, what they hide, and how much of them is in memory. */
import { existsSync } from "node:fs";
import type { Readable } from "node:stream";
import type Docker from "dockerode";
import * as z from "zod";
import type { Unseen } from "../../audit/facts.ts";
import type { InspectOutput } from "../../inspect/inspect-output.ts";
import { type HistoryStep, makersOf } from "../../inspect/layers/layer-makers.ts";
import { type StackedLayer, stackLayers } from "../../inspect/layers/layer-stack.ts";
import { residency } from "../host/residency.ts";
import { filesInFolders } from "../images/files-in-folders.ts";
import type { Path } from "../images/layer-folders.ts";
import { entriesOfFolder, exportedLayers } from "./layer-sources.ts";

type Layers = Exclude<InspectOutput["layers"], Unseen>;

export const inspectedImage = z.object({
  Id: z.string(),
  RepoTags: z.array(z.string()).nullish(),
  RootFS: z.object({ Layers: z.array(z.string()).nullish() }).nullish(),
  GraphDriver: z.object({ Name: z.string().nullish(), Data: z.record(z.string(), z.string()).nullish() }).nullish(),
});
export type InspectedImage = z.infer<typeof inspectedImage>;

const history = z.array(z.object({ CreatedBy: z.string().nullish(), Size: z.number().nullish() }));

/** So many of the largest are told of each layer. */
const MOST_HIDDEN = 20;

/** @param folders of the layers, the topmost first; `undefined` where the engine names none on this machine */
export async function readLayers(docker: Docker, image: InspectedImage, folders: readonly Path[] | undefined): Promise<Layers> {
  const digests = image.RootFS?.Layers ?? [];
  const isWhole = folders !== undefined && folders.length === digests.length;
  const read = isWhole
    ? { layers: folders.toReversed().map(entriesOfFolder), steps: await stepsOf(docker, image.Id) }
    : await exportedLayers((await docker.getImage(image.Id).get()) as unknown as Readable);
  const makers = makersOf(read.steps, digests.length);
  const stacked = stackLayers(read.layers);
  const layers = stacked.map((layer, index) => ({
    ...{ digest: digests[index] ?? "", made_by: makers[index] ?? null, files: layer.files, bytes: layer.bytes },
    hidden: { files: layer.hides.length, bytes: hiddenBytes(layer), largest: layer.hides.slice(0, MOST_HIDDEN).map(named) },
  }));
  return {
    read_from: isWhole ? "folders" : "export",
    layers,
    bytes: layers.reduce((sum, { bytes }) => sum + bytes, 0),
    wasted_bytes: stacked.reduce((sum, layer) => sum + hiddenBytes(layer), 0),
  };
}

const hiddenBytes = ({ hides }: StackedLayer): number => hides.reduce((sum, { bytes }) => sum + bytes, 0);

/** Names are bytes until here. */
const named = ({ path, bytes, layer }: StackedLayer["hides"][number]) => ({
  ...{ path: Buffer.from(path, "latin1").toString("utf8"), bytes, layer },
});

/** The engine tells the newest first, and not which steps made no layer. */
async function stepsOf(docker: Docker, id: string): Promise<HistoryStep[]> {
  const said = history.parse(await docker.getImage(id).history());
  return said.toReversed().map(({ CreatedBy, Size }) => ({ createdBy: CreatedBy ?? "", isEmpty: undefined, bytes: Size ?? 0 }));
}

/** Folders of an overlay as the engine names them, the topmost first; of a container without the one that it writes to. */
export function namedFolders(data: Readonly<Record<string, string>>, isContainer: boolean): string[] {
  const lower = (data.LowerDir ?? "").split(":").filter((folder) => folder !== "");
  // Between a container and its image lies one with the files that the engine writes for it.
  if (isContainer) return lower.filter((folder) => !folder.endsWith("-init/diff"));
  return [data.UpperDir ?? "", ...lower].filter((folder) => folder !== "");
}

/** Those, where all of them are on this machine and may be read. */
export const foldersHere = (folders: readonly string[]): Path[] | undefined =>
  folders.length > 0 && folders.every((folder) => existsSync(folder)) ? folders.map((folder) => Buffer.from(folder)) : undefined;

export interface CachedFolder {
  readonly bytes: number;
  readonly cached: number;
}

/** How much of each folder's files is in memory. @throws Error where that cannot be determined */
export const cachedIn = (folders: readonly Path[]): CachedFolder[] =>
  folders.map((folder) => {
    const { files } = filesInFolders([folder]);
    const resident = files.length === 0 ? [] : residency(files.map(({ path }) => path));
    return {
      bytes: files.reduce((sum, file) => sum + file.bytes, 0),
      // Memory is counted in pages: the last one reaches beyond the end of its file.
      cached: files.reduce((sum, file, index) => sum + Math.min(file.bytes, resident[index] ?? 0), 0),
    };
  });
