/** The command that adds a session to platforms of one folder, for messages. @param out their folder, where it is not the usual one */
export const appendCommand = (experiment: string, platforms: readonly string[], out?: string): string =>
  [
    `tierbench run ${experiment}`,
    ...platforms.map((platform) => `--platform ${platform}`),
    ...(out === undefined ? [] : [`--out ${out}`]),
    "--append",
  ].join(" ");
