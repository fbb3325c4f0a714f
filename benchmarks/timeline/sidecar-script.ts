/**
 * What the helper container runs: a POSIX shell script for busybox that mounts tracefs, sets an instance up and obeys one
 * command a line on standard input. It answers on standard output and ends, leaving nothing, when its input does.
 *
 *   command          answer
 *   mark N           `mark N`, after two markers in the trace; the second carries the host's wall clock
 *   begin            `begun`, the trace emptied and on
 *   end WORD         the trace, `WORD stats`, the counts of every CPU, `WORD end`
 *   set FILE VALUE   `set`, or `problem …`: a setting of the instance
 *   drop             `dropped`, or `problem …`: page cache, dentries and inodes of the host
 *   show WORD FILE…  the files that can be read, each behind `WORD file NAME`; `WORD end`
 *   quit             (ends)
 */
import { INSTANCE_PREFIX, instanceSettings, type Setting, TRIGGER_FILES } from "./trace-instance.ts";
import { TRACE_EVENTS } from "./trace-line.ts";

/**
 * Named after the helper's process, as the engine's host counts it: the host's own sweep can tell whether it lives, and
 * so can the next helper, which removes what one that was killed left behind.
 */
export const SIDECAR_INSTANCE_PREFIX = `${INSTANCE_PREFIX}helper-`;
/** Of versions before 0.2, whose helpers remove all of this name whose token they cannot read: ours is one. */
const FORMER_PREFIX = `${INSTANCE_PREFIX}sidecar-`;

/** Words of the text of a marker; the kernel prints them behind `tracing_mark_write: `. */
export const MARKER = "tierbench-marker";

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const inShell = (settings: readonly Setting[]): string =>
  settings.length === 0
    ? ":"
    : `{ ${settings.map(({ file, value }) => `echo ${quoted(value)} >${quoted(file)}`).join(" && ")}; }`;

/** @param cpuCount of the engine's host */
export const sidecarScript = (cpuCount: number): string => `
problem() { echo "problem $1"; exit 1; }
mkdir -p /tierbench/trace /tierbench/proc
mount -t tracefs nodev /tierbench/trace 2>/dev/null || problem 'the helper may not mount tracefs (a rootless engine, or a kernel without it)'
mount -t proc nodev /tierbench/proc 2>/dev/null || problem 'the helper may not mount proc'
cd /tierbench/trace
grep -qw mono trace_clock || problem "the trace of the engine's kernel has no mono clock"
for event in ${TRACE_EVENTS.flatMap(({ event, optional }) => (optional ? [] : [event])).join(" ")}; do
  [ -e "events/$event" ] || problem "the engine's kernel has no trace event $event (CONFIG_FTRACE_SYSCALLS?)"
done

# Clock ticks from boot to the start of a process: field 22 of proc_pid_stat(5), behind a name that may hold anything.
started() {
  read -r stat 2>/dev/null <"/tierbench/proc/$1/stat" || return
  set -- \${stat##*) }
  echo "\${20}"
}
namespace="$(readlink /tierbench/proc/$$/ns/pid)"
namespace="\${namespace#*[}"
read -r boot </tierbench/proc/sys/kernel/random/boot_id
here="\${namespace%]}.\${boot%%-*}"
# Whether PID.START[.NAMESPACE.BOOT] is surely no more: what cannot be looked up from here may live.
dead() {
  pid="\${1%%.*}" rest="\${1#*.}"
  start="\${rest%%.*}"
  case "$rest" in *.*) [ "\${rest#*.}" = "$here" ] || return 1 ;; esac
  now="$(started "$pid")"
  [ -n "$now" ] || ! kill -0 "$pid" 2>/dev/null || return 1
  [ "$now" != "$start" ]
}
remove() {
  echo 0 >"$1/tracing_on"
  echo 0 >"$1/events/enable"
  for trigger in ${TRIGGER_FILES.join(" ")}; do
    [ ! -e "$1/$trigger" ] || echo '!stacktrace' >"$1/$trigger"
  done 2>/dev/null
  rmdir "$1"
}
for old in instances/${SIDECAR_INSTANCE_PREFIX}* instances/${FORMER_PREFIX}*; do
  [ -d "$old" ] || continue
  token="\${old##*-}"
  dead "$token" && remove "$old"
done

instance="/tierbench/trace/instances/${SIDECAR_INSTANCE_PREFIX}$$.$(started $$).$here"
mkdir "$instance" || problem 'the helper may not make a trace instance'
finish() {
  exec 5>&-
  cd /
  remove "$instance"
  exit
}
trap finish TERM INT HUP
cd "$instance"
{
${instanceSettings(cpuCount)
  .map((choice) => `  ${choice.map(inShell).join(" || ")} &&`)
  .join("\n")}
  exec 5>trace_marker
} || { echo 'problem the trace instance could not be set up'; finish; }
echo "ready \${instance##*/}"

while read -r command word rest; do
  case "$command" in
    mark)
      echo "${MARKER} $word" >&5
      echo "${MARKER} $word $EPOCHREALTIME" >&5
      echo "mark $word"
      ;;
    begin)
      : >trace
      echo 1 >tracing_on
      echo begun
      ;;
    end)
      echo 0 >tracing_on
      cat trace
      echo "$word stats"
      cat per_cpu/cpu*/stats
      echo "$word end"
      ;;
    set)
      if { echo "$rest" >"$word"; } 2>/dev/null; then echo set; else echo "problem the engine's kernel does not take $word"; fi
      ;;
    drop)
      sync
      if echo 3 >/tierbench/proc/sys/vm/drop_caches; then echo dropped; else echo 'problem the page cache cannot be dropped'; fi
      ;;
    show)
      for file in $rest; do
        [ -r "$file" ] || continue
        echo "$word file $file"
        cat "$file"
      done
      echo "$word end"
      ;;
    quit) break ;;
  esac
done
finish
`;
