/**
 * Makes sure of Node's version and of node_modules: imported by the command, and run by scripts/test and scripts/reproduce.
 * Says something only when there is something to do, on stderr, because stdout belongs to the command.
 */
import { copyFileSync, existsSync, readFileSync, realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The repository, or the installed package; ends in a slash. */
export const root = fileURLToPath(new URL("..", import.meta.url));

const OLDEST_NODE = [20, 19];
const LOCK = `${root}package-lock.json`;
/** npm leaves the lock out of a package: what that needs was installed with it. */
export const isPublished = !existsSync(LOCK);
/** A copy of the lock from which node_modules was installed. */
const STAMP = `${root}node_modules/.tierbench-lock`;

/** @returns whether the command can run; if not, it is said why, and the exit code is 1 */
export async function setUp() {
  const problem = oldNode() ?? (isInstalled() ? undefined : await alone(install));
  if (problem === undefined) return true;
  console.error(`tierbench: ${problem}`);
  process.exitCode = 1;
  return false;
}

function oldNode() {
  const [major, minor] = process.versions.node.split(".").map(Number);
  const [oldestMajor, oldestMinor] = OLDEST_NODE;
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return undefined;
  return `needs Node.js ${OLDEST_NODE.join(".")} or newer, and ${process.execPath} is ${process.version}; install a newer one, then run this again`;
}

const isInstalled = () => isPublished || (existsSync(STAMP) && readFileSync(LOCK).equals(readFileSync(STAMP)));

/** @returns what is wrong, or undefined */
async function install() {
  if (isInstalled()) return undefined; // another has done it meanwhile
  if (!modulesMatch()) {
    console.error("tierbench: installing packages (npm ci, once)");
    const npm = await npmCi("--prefer-offline");
    if (npm.error?.code === "ENOENT")
      return "its packages are to be installed, and there is no npm in PATH; install npm, then run this again";
    // What npm remembers of a package may be from before the version that we ask for.
    const again = npm.status === 0 ? npm : await npmCi();
    if (again.status !== 0) {
      process.stderr.write(`${again.stdout ?? ""}${again.stderr ?? ""}${again.error?.message ?? ""}`);
      return "npm ci failed, its message is above; fix that, then run this again";
    }
  }
  try {
    copyFileSync(LOCK, STAMP);
  } catch {
    // Another user has installed it, and we may not write: the longer comparison is made every time.
  }
  return undefined;
}

/**
 * Nothing we need has an install script, so none is run. With NODE_ENV=production, npm would leave the tests' packages out. On
 * Windows npm is a batch file, which only a shell runs.
 */
async function npmCi(...more) {
  const { spawnSync } = await import("node:child_process"); // every command would wait for it
  const args = ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--include=dev", ...more];
  return spawnSync("npm", args, { cwd: root, encoding: "utf8", shell: process.platform === "win32" });
}

/**
 * Does node_modules hold what package-lock.json asks for? npm keeps its own account of what it has put there. Without
 * this, someone who has run `npm ci` or `npm install` would see everything deleted and installed again.
 */
function modulesMatch() {
  try {
    const read = (file) => JSON.parse(readFileSync(file, "utf8")).packages;
    const { "": _, ...wanted } = read(LOCK);
    const there = read(`${root}node_modules/.package-lock.json`);
    const same = (path) =>
      there[path] === undefined ? wanted[path].optional === true : there[path].version === wanted[path].version;
    return Object.keys(wanted).every(same) && Object.keys(there).every((path) => path in wanted);
  } catch {
    return false;
  }
}

/**
 * Two commands at once must not both install. The process that listens on an abstract socket has the turn until it ends,
 * however it ends; the others are connected to it, which ends with it. On macOS, which has no such names, the user has to
 * see to it.
 */
async function alone(work) {
  const [{ createHash }, { connect, createServer }] = await Promise.all([import("node:crypto"), import("node:net")]);
  const name = `tierbench-install-${createHash("sha256").update(realpathSync(root)).digest("hex").slice(0, 16)}`;
  const path = { linux: `\0${name}`, win32: `\\\\.\\pipe\\${name}` }[process.platform];
  if (path === undefined) return work();
  for (;;) {
    const server = createServer((waiting) => waiting.destroy());
    const mine = await new Promise((resolve, reject) => {
      server.once("error", (error) => (error.code === "EADDRINUSE" ? resolve(false) : reject(error)));
      server.listen(path, () => resolve(true));
    });
    if (mine) {
      try {
        return await work();
      } finally {
        server.close();
      }
    }
    await new Promise((resolve) => {
      connect(path)
        .on("error", () => undefined)
        .on("close", resolve);
    });
  }
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) await setUp();
