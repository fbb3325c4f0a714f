/** Whether the sessions of a platform were measured on one machine and one engine: where they were not, a label means two things. */
import { imageDifference } from "../../../research/image-identity.ts";
import type { Session } from "../../../research/manifest.ts";

export interface OtherMachine {
  /** Of platform.json. */
  readonly field: string;
  readonly is: string;
  readonly was: string;
  /** In a sentence without its end. */
  readonly what: string;
}

/** What is not as in the session before, beyond what the session was warned of when it began; of an image that it had, too. */
export const otherMachines = (sessions: readonly Session[]): OtherMachine[] =>
  sessions.flatMap((session, index) => {
    const before = sessions[index - 1];
    if (before === undefined) return [];
    const [now, then] = [session, before].map(factsOf) as [Fact[], Fact[]];
    const facts = now.map(([name, field, is], place) => ({ name, field, is, was: then[place]?.[2] ?? is }));
    return [...facts.filter(({ is, was }) => is !== was), ...otherImages(session, before)].flatMap(({ name, field, is, was }) => {
      const isTold = session.warnings.some(({ summary }) => summary.startsWith(`this session's ${name} differs from `));
      const what = `the ${name} of session ${session.session} is another than that of session ${before.session}`;
      return isTold ? [] : [{ field: `sessions.${index}.${field}`, is, was, what }];
    });
  });

type Fact = readonly [name: string, field: string, value: string];

/** A virtual machine may be given more processors; nothing warns of that. */
const factsOf = ({ host, engine }: Session): Fact[] => [
  ["number of CPUs", "host.cpu_count", `${host.cpu_count}`],
  ["architecture", "host.architecture", host.architecture],
  ["CPU", "host.cpu", host.cpu],
  ["kernel", "host.kernel", host.kernel],
  ["engine", "engine.server", engine.server],
  ["runtime", "engine.runtime", engine.runtime],
  ["storage driver", "engine.storage_driver", engine.storage_driver],
];

const otherImages = ({ images }: Session, before: Session) =>
  images.flatMap((image, place) => {
    const was = before.images.find(({ name }) => name === image.name);
    if (was === undefined || imageDifference(was, image) === undefined) return [];
    return [{ name: `image ${image.name}`, field: `images.${place}.digest`, is: image.digest, was: was.digest }];
  });
