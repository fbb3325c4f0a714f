/**
 * Lines of Python that write to the own output in a way that the trace does not show, after 50 ms, and then at once in one that
 * it does.
 */

/** A write that a ring of io_uring is asked for: the numbers of its calls are the same on every architecture. */
export const IO_URING: readonly string[] = [
  "import ctypes, mmap, struct",
  "libc = ctypes.CDLL(None, use_errno=True)",
  "params = ctypes.create_string_buffer(120)",
  "ring = libc.syscall(425, 1, params)", // io_uring_setup
  "if ring < 0: sys.exit('io_uring is not to be had here: ' + os.strerror(ctypes.get_errno()))",
  "area = lambda offset: mmap.mmap(ring, 4096, mmap.MAP_SHARED, mmap.PROT_READ | mmap.PROT_WRITE, offset=offset)",
  "queue, entries, text = area(0), area(0x10000000), ctypes.create_string_buffer(b'hidden', 6)",
  "tail, array = struct.unpack_from('I', params, 44)[0], struct.unpack_from('I', params, 64)[0]",
  "struct.pack_into('BBHiQQI', entries, 0, 23, 0, 0, 1, 2 ** 64 - 1, ctypes.addressof(text), 6)", // IORING_OP_WRITE to 1
  "struct.pack_into('I', queue, array, 0); struct.pack_into('I', queue, tail, 1)",
  "time.sleep(0.05); taken = libc.syscall(426, ring, 1, 1, 1, None, 0)", // io_uring_enter, until it is done
  "if taken != 1: sys.exit('io_uring took no entry: ' + os.strerror(ctypes.get_errno()))",
  "os.write(1, b'shown')",
];

/** A descriptor that another process receives over a socket, at a number that no call returns. */
export const PASSED: readonly string[] = [
  "import socket",
  "here, there = socket.socketpair()",
  "if os.fork() == 0:",
  "  _, [own], _, _ = socket.recv_fds(there, 1, 1); time.sleep(0.05); os.write(own, b'hidden'); os._exit(0)",
  "socket.send_fds(here, [b'x'], [1]); os.wait(); os.write(1, b'shown')",
];
