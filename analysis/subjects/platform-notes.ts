/** What the study's script wrote about a machine; read leniently, as these are notes for people. */

/** What may differ between two machines besides what is being compared, by name; only what the notes say. */
export function machineFacts(platformInfo: string): Record<string, string> {
  const facts: Record<string, string | undefined> = {
    system: operatingSystem(platformInfo),
    processor: /^model name\s*:\s*(.+)$/m.exec(platformInfo)?.[1] ?? below(platformInfo, "CPU", 0),
    "processor cores": /^CPU cores:\s*(\d+)$/m.exec(platformInfo)?.[1],
    memory: /^Mem:\s+(\S+)/m.exec(platformInfo)?.[1] ?? /^Total:\s*(.+)$/m.exec(platformInfo)?.[1],
    kernel: below(platformInfo, "Kernel", 0),
    engine: below(platformInfo, "Docker", 0),
    "storage driver": below(platformInfo, "Docker", 1),
    "disk type": /^Disk type:\s*(\S+)$/m.exec(platformInfo)?.[1],
  };
  return Object.fromEntries(Object.entries(facts).filter((entry): entry is [string, string] => Boolean(entry[1])));
}

/** `Ubuntu 22.04.5 LTS`, `macOS 26.0.1`. */
function operatingSystem(text: string): string | undefined {
  const linux = /^PRETTY_NAME="(.+)"$/m.exec(text)?.[1];
  const mac = /^ProductName:\s*(.+)\r?\nProductVersion:\s*(.+)$/m.exec(text);
  return linux ?? (mac === null ? undefined : `${mac[1]?.trim()} ${mac[2]?.trim()}`);
}

/** A line, from 0, of those below a heading; `undefined` where the next heading comes first. */
function below(text: string, heading: string, line: number): string | undefined {
  const lines = text.split(/\r?\n/);
  const at = lines.indexOf(`--- ${heading} ---`);
  const section = at < 0 ? [] : lines.slice(at + 1);
  const end = section.findIndex((each) => each.startsWith("---"));
  return section.slice(0, end < 0 ? undefined : end)[line]?.trim();
}
