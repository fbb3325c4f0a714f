/**
 * The helper container: what the engine's kernel and host show through the Docker API alone. It may do what mounting
 * tracefs and dropping caches take and no more: CAP_SYS_ADMIN, without the filters (seccomp, AppArmor, SELinux) that forbid
 * mounting, in the host's pid namespace, without a network. It ends when its standard input does, so also when this process
 * is killed, and the engine removes it then.
 */
import { randomUUID } from "node:crypto";
import { hrtime } from "node:process";
import type { Duplex } from "node:stream";
import type Docker from "dockerode";
import { type ClockNs, clockNs } from "../../../research/units.ts";
import { SIDECAR_INSTANCE_PREFIX, sidecarScript } from "../../timeline/sidecar-script.ts";
import { CallError } from "../engine/call-error.ts";
import { engineInfo } from "../engine/engine-info.ts";
import { removeContainer } from "../engine/remove-container.ts";
import { HELPER_LABEL, OWNER_LABEL, owner, ownerToken } from "../host/owner.ts";
import { duplex, sink } from "../streams.ts";

/** A running helper answers in milliseconds; dropping a large cache may take long. */
const PATIENCE_MS = 60_000;
/** After `quit` it removes its trace instance and ends. */
const QUIT_PATIENCE_MS = 10_000;
const MANY_CPUS = 16;

/**
 * The pages of a program that runs cannot be dropped from the page cache, and the image that is to be started cold may be the
 * helper's own: it runs from a copy in its container's own layer, and so does everything that it calls.
 */
const FROM_A_COPY = [
  ...["mkdir -p /tierbench/bin", "cp /bin/busybox /tierbench/bin/", "/tierbench/bin/busybox --install -s /tierbench/bin"],
  'PATH=/tierbench/bin:"$PATH" exec /tierbench/bin/busybox sh -c "$0"',
].join(" && ");

interface Question {
  readonly lines: string[];
  /** The line that ends the answer; it is not part of it. */
  readonly last: (line: string) => boolean;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

interface Answer {
  readonly lines: readonly string[];
  readonly last: string;
  /** When its end was read. */
  readonly received: ClockNs;
}

/** Where the engine may not be asked how many CPUs it has, the trace's memory is shared out as for many. */
function unlessRefused(error: unknown): { readonly NCPU: number } {
  if (error instanceof CallError && error.refused) return { NCPU: MANY_CPUS };
  throw error;
}

export class Sidecar implements AsyncDisposable {
  readonly #docker: Docker;
  readonly #id: string;
  readonly #stream: Duplex;
  #rest = "";
  #complaint = "";
  #question: Question | undefined;
  #ended: Error | undefined;

  private constructor(docker: Docker, id: string, stream: Duplex) {
    this.#docker = docker;
    this.#id = id;
    this.#stream = stream;
    const stdout = sink((chunk) => this.#take(chunk));
    docker.modem.demuxStream(
      stream,
      stdout,
      sink((chunk) => this.#complain(chunk)),
    );
    for (const event of ["end", "close", "error"]) stream.on(event, () => this.#end());
  }

  /**
   * Starts the helper and waits until it is ready to trace.
   * @param image that holds a busybox, and that the engine has
   * @throws Error with the reason when it cannot be started or may not do what it is for; nothing of it stays
   */
  static async start(docker: Docker, image: string): Promise<Sidecar> {
    const { NCPU } = engineInfo.parse(await docker.info().catch(unlessRefused));
    const container = await docker.createContainer({
      name: `tierbench-${ownerToken}-sidecar-${randomUUID().slice(0, 8)}`,
      Image: image,
      Entrypoint: ["/bin/busybox"],
      Cmd: ["sh", "-c", FROM_A_COPY, sidecarScript(NCPU)],
      Labels: { [OWNER_LABEL]: owner, [HELPER_LABEL]: "sidecar" },
      OpenStdin: true,
      StdinOnce: true,
      AttachStdin: true,
      AttachStdout: true,
      AttachStderr: true,
      HostConfig: {
        AutoRemove: true,
        CapAdd: ["SYS_ADMIN"],
        SecurityOpt: ["seccomp=unconfined", "apparmor=unconfined", "label=disable"],
        PidMode: "host",
        UsernsMode: "host",
        NetworkMode: "none",
      },
    });
    let sidecar: Sidecar | undefined;
    try {
      const stream = await container.attach({ stream: true, stdin: true, stdout: true, stderr: true, hijack: true });
      sidecar = new Sidecar(docker, container.id, duplex(stream));
      // Podman gives the container the body of the request, in which dockerode repeats the options, as its first input: this
      // ends that line, and the script passes over lines that are no command.
      stream.write("\n");
      const ready = sidecar.#answerTo(
        (line) => line.startsWith(`ready ${SIDECAR_INSTANCE_PREFIX}`) || line.startsWith("problem "),
      );
      ready.catch(() => undefined); // a start that fails is the reason to report
      await container.start();
      const { last } = await ready;
      if (last.startsWith("problem ")) throw new Error(last.slice("problem ".length));
      return sidecar;
    } catch (error) {
      if (sidecar !== undefined) sidecar.#stream.destroy();
      await removeContainer(container);
      throw error;
    }
  }

  /**
   * One command, one answer; one at a time.
   * @throws Error when the helper has ended or does not answer
   */
  async ask(command: string, last: (line: string) => boolean): Promise<Answer & { readonly sent: ClockNs }> {
    const answer = this.#answerTo(last);
    const sent = clockNs(hrtime.bigint());
    this.#stream.write(`${command}\n`);
    return { ...(await answer), sent };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#ended === undefined) {
      this.#stream.write("quit\n");
      await this.#answerTo(() => false, QUIT_PATIENCE_MS).catch(() => undefined); // it says nothing more, and ends
    }
    this.#stream.destroy();
    await removeContainer(this.#docker.getContainer(this.#id));
  }

  #answerTo(last: Question["last"], patience = PATIENCE_MS): Promise<Answer> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#question = undefined;
        reject(new Error(`the helper container did not answer within ${patience / 1_000} s`));
      }, patience);
      const settled =
        <T>(settle: (value: T) => void) =>
        (value: T): void => {
          clearTimeout(timer);
          settle(value);
        };
      this.#question = { lines: [], last, resolve: settled(resolve), reject: settled(reject) };
    });
  }

  #take(chunk: Buffer): void {
    const received = clockNs(hrtime.bigint());
    // Command names in the trace are bytes of any kind: latin1 keeps one character a byte.
    const lines = (this.#rest + chunk.toString("latin1")).split("\n");
    this.#rest = lines.pop() ?? "";
    for (const line of lines) {
      const question = this.#question;
      if (question === undefined) continue;
      if (question.last(line)) {
        this.#question = undefined;
        question.resolve({ lines: question.lines, last: line, received });
      } else question.lines.push(line);
    }
  }

  #complain(chunk: Buffer): void {
    this.#complaint = `${this.#complaint}${chunk.toString("utf8")}`.slice(-500);
  }

  #end(): void {
    const last = this.#complaint.trim().split("\n").at(-1) ?? "";
    this.#ended ??= new Error(`the helper container has ended${last === "" ? "" : ` (${JSON.stringify(last)})`}`);
    this.#question?.reject(this.#ended);
    this.#question = undefined;
  }
}
