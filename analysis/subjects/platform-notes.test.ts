import { expect, test } from "vitest";
import { machineFacts } from "./platform-notes.ts";

const LINUX = `=== Platform Information ===
Collected: 2026-02-15T00:48:41Z

--- OS ---
Linux a-machine 6.8.0 #50~22.04.1-Ubuntu SMP x86_64 GNU/Linux

PRETTY_NAME="Ubuntu 22.04.5 LTS"
NAME="Ubuntu"

--- CPU ---
model name	: A processor @ 2.60GHz
CPU cores: 2

--- Memory ---
               total        used
Mem:           7.7Gi       349Mi

--- Storage ---
Disk type: HDD

--- Docker ---
28.2.2
overlay2

--- Kernel ---
6.8.0
`;

test("facts of a Linux machine", () => {
  expect(machineFacts(LINUX)).toEqual({
    system: "Ubuntu 22.04.5 LTS",
    processor: "A processor @ 2.60GHz",
    "processor cores": "2",
    memory: "7.7Gi",
    kernel: "6.8.0",
    engine: "28.2.2",
    "storage driver": "overlay2",
    "disk type": "HDD",
  });
});

test("of a Mac: the processor stands without a name, and there is no type of disk", () => {
  const mac =
    "--- OS ---\nProductName:\t\tmacOS\nProductVersion:\t\t26.0.1\nBuildVersion:\t\t25A362\n\n--- CPU ---\nApple M1 Pro\nCPU cores: 10\n\n--- Memory ---\nTotal: 16 GB\n\n--- Kernel ---\n25.0.0\n";
  expect(machineFacts(mac)).toEqual({
    ...{ system: "macOS 26.0.1", processor: "Apple M1 Pro", "processor cores": "10", memory: "16 GB", kernel: "25.0.0" },
  });
  expect(machineFacts(mac.replaceAll("\n", "\r\n"))).toMatchObject({ system: "macOS 26.0.1" });
});

test("what is not there is not a fact: no line of the next section, nothing of an empty file", () => {
  expect(machineFacts("--- Docker ---\n28.2.2\n--- Kernel ---\n6.8.0\n")).toEqual({ engine: "28.2.2", kernel: "6.8.0" });
  expect(machineFacts("")).toEqual({});
  expect(machineFacts(LINUX.replaceAll("\n", "\r\n"))).toMatchObject({ kernel: "6.8.0", "processor cores": "2" });
});
