/** What images that are pulled have above the files of an image. */

const randomFile = (kilobytes: number): string[] => [
  "sh",
  "-c",
  `head -c ${kilobytes * 1_000} /dev/urandom > /layer-${kilobytes}`,
];
const RANDOM_KILOBYTES = [10_000, 1_000];

export const PULLED_LAYERS = RANDOM_KILOBYTES.map(randomFile);
export const PULLED_WORDS = `the image's files and ${RANDOM_KILOBYTES.join(" and ")} kB of random bytes`;
