/** Programs that use a known amount of one thing and say how much it was, by another account than the trace. */

/** clock_gettime(CLOCK_MONOTONIC) by its number, which differs between processors: Perl's base has no clock of its own. */
const CLOCK = `
my $call = (POSIX::uname())[4] eq 'aarch64' ? 113 : 228;
sub now { my $time = pack 'q2', 0, 0; syscall $call, 1, $time; my ($s, $ns) = unpack 'q2', $time; $s * 1e9 + $ns }
`;

/** The kernel's clock of this process's CPU time, in µs. */
const BURN = `
sub burn { my $until = POSIX::clock() + 1e3 * shift; 1 while POSIX::clock() < $until }
`;

/**
 * A hook that burns CPU time by its own clock, and writes and syncs. It says how much CPU time it used from its fork on, and how
 * long its syncs were blocked: their time less what they used a processor and waited for one (schedstat).
 */
export const hookProgram = (folder: string): string => `#!/usr/bin/perl
use POSIX ();
use IO::Handle;
open my $plan, '<', '${folder}/plan' or die;
my ($burn_ms, $syncs) = split ' ', <$plan>;
${CLOCK}${BURN}
sub delayed { open my $file, '<', '/proc/self/schedstat' or die; (split ' ', <$file>)[1] }
burn($burn_ms) if $burn_ms > 0;
my $blocked = 0;
if ($syncs > 0) {
  open my $file, '>', '${folder}/synced' or die;
  my ($begun, $cpu, $delay) = (now(), POSIX::clock(), delayed());
  for (1 .. $syncs) { syswrite $file, 'x' x 4096; $file->sync }
  $blocked = now() - $begun - 1e3 * (POSIX::clock() - $cpu) - (delayed() - $delay);
}
open my $report, '>', '${folder}/report' or die;
print $report join(' ', 1e3 * POSIX::clock(), $blocked), "\\n";
close $report;
POSIX::_exit(0); # at once: what follows is not in the report
`;

/** Answers on a unix socket, after burning as much CPU time as it is asked for. */
export const serverProgram = (socket: string): string => `#!/usr/bin/perl
use POSIX ();
use IO::Socket::UNIX;
${BURN}
unlink '${socket}';
my $server = IO::Socket::UNIX->new(Local => '${socket}', Listen => 1) or die;
print "ready\\n";
STDOUT->flush;
while (my $client = $server->accept) { my $ms = <$client>; burn($ms) if $ms > 0; print $client "done\\n"; close $client }
`;

/** @param socket inside the container */
export const askingProgram = (socket: string, burn_ms: number): readonly string[] => [
  "perl",
  "-MIO::Socket::UNIX",
  "-e",
  `my $s = IO::Socket::UNIX->new(Peer => '${socket}') or die; print $s "${burn_ms}\\n"; $s->flush; print scalar <$s>`,
];

/** Waits on a lock, a futex, that another of its threads holds; says for how many ns. */
export const lockingProgram = (hold_ms: number): readonly string[] => [
  "python3",
  "-c",
  `import threading, time
lock, held = threading.Lock(), threading.Event()
def hold():
    with lock:
        held.set()
        time.sleep(${hold_ms / 1e3})
threading.Thread(target=hold).start()
held.wait()
begun = time.monotonic_ns()
with lock:
    print(time.monotonic_ns() - begun, flush=True)
`,
];

/** Keeps a processor busy until it is ended, or for a minute. */
export const BUSY_LOOP: readonly string[] = ["-e", "alarm 60; 1 while 1"];
