/**
 * A program that waits until it is killed, small enough to be written here: an image without a shell has nothing that
 * could hold a container of it open while its mounts are looked at.
 */

/** A 64-bit executable of one segment (elf(5)). */
const HEADERS = 64 + 56;
const LOADED_AT = 0x400000;

/** By Node's name of the processor: its number in ELF, and instructions that wait for signals forever. */
const MACHINES: Readonly<Partial<Record<string, { readonly number: number; readonly code: readonly number[] }>>> = {
  // mov eax, 34 (pause); syscall; jmp back
  x64: { number: 62, code: [0xb8, 34, 0, 0, 0, 0x0f, 0x05, 0xeb, 0xf7] },
  // x0 to x4 = 0; mov x8, 73 (ppoll); svc 0; b back
  arm64: {
    number: 183,
    code: [0xd2800000, 0xd2800001, 0xd2800002, 0xd2800003, 0xd2800004, 0xd2800928, 0xd4000001, 0x17fffff9].flatMap((word) => [
      ...new Uint8Array(new Uint32Array([word]).buffer),
    ]),
  },
};

/** @returns `undefined` for a processor whose instructions are not known here */
function waitingProgram(architecture: string): Buffer | undefined {
  const machine = MACHINES[architecture];
  if (machine === undefined) return undefined;
  const size = HEADERS + machine.code.length;
  const file = Buffer.alloc(size);
  file.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]); // magic, 64 bits, little end first, version
  file.writeUInt16LE(2, 16); // executable
  file.writeUInt16LE(machine.number, 18);
  file.writeUInt32LE(1, 20);
  file.writeBigUInt64LE(BigInt(LOADED_AT + HEADERS), 24); // where it begins
  file.writeBigUInt64LE(64n, 32); // the segment's header follows this one
  for (const [offset, value] of [
    [52, 64],
    [54, 56],
    [56, 1],
  ] as const)
    file.writeUInt16LE(value, offset);
  file.writeUInt32LE(1, 64); // to be loaded
  file.writeUInt32LE(5, 68); // to be read and executed
  for (const [offset, value] of [
    [80, LOADED_AT],
    [88, LOADED_AT],
    [96, size],
    [104, size],
    [112, 0x1000],
  ] as const)
    file.writeBigUInt64LE(BigInt(value), offset);
  file.set(machine.code, HEADERS);
  return file;
}

/** The program under a name, in a tar of its own (POSIX ustar), as the engine takes files for a container. */
export function waitingProgramTar(name: string, architecture: string): Buffer | undefined {
  const program = waitingProgram(architecture);
  if (program === undefined) return undefined;
  const header = Buffer.alloc(512);
  const octal = (value: number, digits: number): string => `${value.toString(8).padStart(digits, "0")}\0`;
  header.write(name, 0, "latin1");
  header.write(octal(0o755, 7) + octal(0, 7) + octal(0, 7) + octal(program.length, 11) + octal(0, 11), 100, "latin1");
  header.write(" ".repeat(8), 148, "latin1"); // what the sum counts in its own place
  header.write("0", 156, "latin1"); // a regular file
  header.write("ustar\x0000", 257, "latin1");
  header.write(
    `${octal(
      header.reduce((sum, byte) => sum + byte, 0),
      6,
    )} `,
    148,
    "latin1",
  );
  const contents = Buffer.alloc(512);
  contents.set(program);
  return Buffer.concat([header, contents, Buffer.alloc(1024)]);
}
