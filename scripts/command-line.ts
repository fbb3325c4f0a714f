/** The words of a command line as a person types them → as the parser takes them. */

/** @throws MisuseError where it cannot be told what is meant */
export async function asMeant(args: readonly string[]): Promise<string[]> {
  const [name, ...rest] = args;
  if (name === "help") return [...rest, "--help"];
  if (name === "trace") {
    const { traceArguments } = await import("../benchmarks/commands/trace-arguments.ts");
    return [name, ...traceArguments(rest)];
  }
  if (name === "run") {
    const { runArguments } = await import("../benchmarks/commands/run-arguments.ts");
    return [name, ...runArguments(rest)];
  }
  const end = args.indexOf("--");
  if (end < 0) return [...args];
  // What begins with a dash behind it is a folder's name: every other word that a command takes has letters first.
  return [...args.slice(0, end), ...args.slice(end + 1).map((word) => (word.startsWith("-") ? `./${word}` : word))];
}
