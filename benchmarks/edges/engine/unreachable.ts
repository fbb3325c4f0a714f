/** Why an engine does not answer, and what to do: from the error of the system, of TLS, or of a server that is not an engine. */

interface Failure {
  readonly message: string;
  readonly code?: string | undefined;
  readonly statusCode?: number | undefined;
}

/** @param hint from the tunnel or certificates, which is more specific */
export function unreachable(url: string, error: Failure & Error, hint: string | undefined): Error {
  return new Error(`the Docker engine at ${url} does not answer: ${hint ?? remedyFor(error)}`, { cause: error });
}

function remedyFor({ message, code, statusCode }: Failure): string {
  if (statusCode !== undefined) return `${message} (is it a Docker engine that listens there?)`;
  switch (code) {
    case "EACCES":
      return "permission denied on the socket: add yourself to the docker group, or run as root";
    case "ENOENT":
      return "no such socket: start Docker, or name another engine with --engine";
    case "ECONNREFUSED":
      return "nothing listens there: start Docker, or name another engine with --engine";
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `the host's name is not known (${code}): check it, or the network`;
    case "ENOTSOCK":
    case "ENOTDIR":
    case "EISDIR":
      return `that is no socket (${code}): name the engine's socket with --engine`;
    default:
      return `${message}: check that a Docker engine listens there`;
  }
}
