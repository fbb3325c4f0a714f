/** The failure of one call to the engine in one line: the call, the code, the engine's own words, what to do. */

/** A call without an answer, or with a refusal. */
export class CallError extends Error {
  override readonly name = "CallError";
  /** As `GET /events`. */
  readonly call: string;
  /** Of HTTP; `undefined` when there was no answer. */
  readonly statusCode: number | undefined;
  /** Of the system or of TLS, as `ECONNREFUSED`. */
  readonly code: string | undefined;

  constructor(message: string, call: string, cause: { readonly statusCode?: number; readonly code?: string }) {
    super(message, { cause });
    this.call = call;
    this.statusCode = cause.statusCode;
    this.code = cause.code;
  }

  /** A proxy or plugin in between, or the engine itself, forbids the call. */
  get refused(): boolean {
    return this.statusCode !== undefined && REFUSALS.includes(this.statusCode);
  }
}

/** Proxies answer 403; some answer 405 to a method or 401 to an unknown client. */
const REFUSALS: readonly number[] = [401, 403, 405];

/** Whether the engine has what is looked at. @throws what the call throws, unless that says that there is none */
export const isThere = (look: Promise<unknown>): Promise<boolean> =>
  look.then(
    () => true,
    (error: { statusCode?: number }) => {
      if (error.statusCode === 404) return false;
      throw error;
    },
  );

/** docker-modem's own frame around what was said. */
const FRAME = /^\(HTTP code \d+\) [^-]* - /;
const LONGEST = 600;

/** @param error as docker-modem gives it */
export function callError(call: string, error: Error & { readonly statusCode?: number; readonly code?: string }): CallError {
  const { statusCode } = error;
  if (statusCode === undefined) {
    const closed = error.message === "socket hang up" || error.code === "ECONNRESET";
    return new CallError(`${call}: ${closed ? "the connection was closed without an answer" : error.message}`, call, error);
  }
  const said = plain(error.message.replace(FRAME, ""));
  // The registry's refusal, which the engine passes on.
  const registrys = call.includes(" /distribution/");
  if (REFUSALS.includes(statusCode) && !registrys)
    return new CallError(
      `${call} is forbidden on this engine (code ${statusCode}: ${said}): a socket proxy or an authorization plugin is in between; allow it there (${permission(call)}), or name the engine itself with --engine`,
      call,
      error,
    );
  const advice = adviceFor(said);
  return new CallError(
    `${call} failed with code ${statusCode}: ${said}${advice === undefined ? "" : `; ${advice}`}`,
    call,
    error,
  );
}

/** In the words of the most used socket proxies, whose switches are named after the first part of the path. */
function permission(call: string): string {
  const [method = "", path = ""] = call.split(" ");
  const section = path.split("/")[1]?.replace(/^_/, "").toUpperCase() ?? "";
  return `docker-socket-proxy: ${section}=1${method === "GET" || method === "HEAD" ? "" : " and POST=1"}`;
}

/** Proxies answer with pages of HTML. */
function plain(text: string): string {
  const title = /<title>([^<]*)<\/title>/i.exec(text)?.[1];
  const words = (title ?? text.replace(/<[^>]*>/g, " ")).replace(/\s+/g, " ").trim();
  return words === "" || words === "undefined" ? "no reason given" : words.slice(0, LONGEST);
}

const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/invalid reference format.*lowercase|must be lowercase/i, "write the image's name in lower case"],
  [/invalid reference format/i, "an image is named [HOST/]NAME[:TAG][@DIGEST], in lower case"],
  [/exec format error/i, "the program cannot be executed on this processor"],
  [
    /executable file not found|no such file or directory.*exec|exec.*no such file or directory/i,
    "check the command: the image has no such program",
  ],
  [/exec.*permission denied/i, "check the command: the file is not executable for the container's user"],
  [/no such image/i, "pull it first"],
  [/no space left on device/i, "make room where the engine keeps its data"],
  [/(unknown|invalid) (or invalid )?runtime/i, "docker info lists the engine's runtimes"],
  [/port is already allocated|address already in use/i, "stop the process that holds the port, or choose another"],
  [
    /HTTP request to an HTTPS server/i,
    "it speaks TLS: set DOCKER_TLS_VERIFY=1 and DOCKER_CERT_PATH, or write https:// for tcp://",
  ],
];

const adviceFor = (said: string): string | undefined => ADVICE.find(([pattern]) => pattern.test(said))?.[1];
