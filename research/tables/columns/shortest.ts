/**
 * What no machine does in less: a time below is in another unit, or was never measured. Each is several times shorter than the
 * fastest that is known, and several hundred times shorter than what such a time is when its unit is mistaken.
 */

/**
 * A call into the kernel and back takes some 50 ns where nothing is done there; every operation on a file, and every exchange
 * with another process, makes at least one.
 */
export const SHORTEST_CALL_NS = 50;

/** To copy a process and its page tables (clone, without exec) takes tens of microseconds. */
export const SHORTEST_CLONE_NS = 5e3;

/** To fork, execute, end and wait for the smallest static program takes some 200 µs on the fastest processors. */
export const SHORTEST_PROCESS_NS = 50e3;

/**
 * A container's start executes the OCI runtime at least once, and then the entrypoint. To execute runc alone, a Go program of
 * 10 MB, takes several milliseconds before it has done anything; crun, which is C, makes namespaces, mounts and a cgroup, of
 * which each alone takes tens of microseconds, and takes 5 ms and more. A stop and a pull go through the same engine.
 */
export const SHORTEST_START_NS = 1e6;

/** No processor writes a terabyte a second: this many bytes a nanosecond. */
export const FASTEST_BYTES_A_NS = 1_000;

/** What is downloaded is hashed (SHA-256), each layer by one processor; those with instructions for it do 3 bytes a nanosecond. */
export const FASTEST_HASHED_BYTES_A_NS = 20;

/** A page: no process that lives has less memory. */
export const PAGE_BYTES = 4_096;
