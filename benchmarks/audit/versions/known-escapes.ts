/** Published ways out of a container by the version of what runs it: each with its source, looked up on the day below. */
import type { Severity } from "../severity.ts";

export const KNOWN_ESCAPES_AS_OF = "2026-11-26";

export interface KnownEscape {
  /** As {@link EngineFacts.versions} names it. */
  readonly component: "Engine" | "containerd" | "runc" | "kernel";
  readonly ids: readonly string[];
  readonly what: string;
  readonly severity: Severity;
  /** The first version that has it; without one, all before the repaired ones. */
  readonly since?: string;
  /** The first repaired version of each line. */
  readonly fixed: readonly string[];
  /** Only engines that ask an authorization plugin have it. */
  readonly needsAuthorizationPlugin?: true;
  readonly source: string;
}

/**
 * Left out: what only Kubernetes' interface of containerd has (CVE-2022-23648, CVE-2024-40635), as Docker does not use it;
 * what is no way out of a container but lets users of the host read its data; and CVE-2022-0492, of whose repaired versions
 * the sources disagree.
 */
export const KNOWN_ESCAPES: readonly KnownEscape[] = [
  {
    component: "runc",
    ids: ["CVE-2019-5736"],
    what: "a container overwrites the host's runc",
    severity: "critical",
    fixed: ["1.0.0-rc7"],
    source: "https://www.openwall.com/lists/oss-security/2019/02/11/2",
  },
  {
    component: "runc",
    ids: ["CVE-2021-30465"],
    what: "symbolic links exchanged during a mount lead out of the root file system",
    severity: "high",
    fixed: ["1.0.0-rc95"],
    source: "https://github.com/opencontainers/runc/security/advisories/GHSA-c3xm-pvg7-gh7r",
  },
  {
    component: "runc",
    ids: ["CVE-2024-21626"],
    what: "an open descriptor of the host is a container's working folder",
    severity: "critical",
    since: "1.0.0-rc93",
    fixed: ["1.1.12"],
    source: "https://github.com/opencontainers/runc/security/advisories/GHSA-xr7r-f8xq-vfvv",
  },
  {
    component: "runc",
    ids: ["CVE-2025-31133", "CVE-2025-52565", "CVE-2025-52881"],
    what: "links in place of /dev/null and /dev/pts make runc write to the host's /proc",
    severity: "high",
    fixed: ["1.2.8", "1.3.3", "1.4.0-rc.3"],
    source: "https://github.com/opencontainers/runc/releases/tag/v1.2.8",
  },
  {
    component: "runc",
    ids: ["CVE-2026-119101"],
    what: "links in an image bring a folder of the host into a container that is restored from a checkpoint",
    severity: "medium",
    fixed: ["1.3.7", "1.4.4", "1.5.3", "1.6.0-rc.2"],
    source: "https://github.com/opencontainers/runc/releases/tag/v1.5.3",
  },
  {
    component: "containerd",
    ids: ["CVE-2020-15257"],
    what: "a container in the host's network reaches the shim's socket",
    severity: "high",
    fixed: ["1.3.9", "1.4.3"],
    source: "https://github.com/containerd/containerd/security/advisories/GHSA-36xw-fx78-c5r4",
  },
  {
    component: "Engine",
    ids: ["CVE-2024-23651", "CVE-2024-23652", "CVE-2024-23653"],
    what: "a Dockerfile that is built reads, removes or runs what it may not on the host",
    severity: "high",
    fixed: ["24.0.9", "25.0.2"],
    source: "https://docs.docker.com/engine/release-notes/25.0/#2502",
  },
  {
    component: "Engine",
    ids: ["CVE-2024-41110"],
    what: "a request without a body passes the authorization plugin",
    severity: "critical",
    fixed: ["23.0.15", "25.0.6", "26.1.5", "27.1.1"],
    needsAuthorizationPlugin: true,
    source: "https://github.com/moby/moby/security/advisories/GHSA-v23v-6jw2-98fq",
  },
  {
    component: "Engine",
    ids: ["CVE-2026-34040"],
    what: "a request that is too large passes the authorization plugin",
    severity: "high",
    fixed: ["29.3.1"],
    needsAuthorizationPlugin: true,
    source: "https://github.com/moby/moby/security/advisories/GHSA-x744-4wpc-v9h2",
  },
  {
    component: "kernel",
    ids: ["CVE-2016-5195"],
    what: "Dirty COW: memory of read-only files, the host's among them, is written",
    severity: "critical",
    fixed: ["4.4.26", "4.7.9", "4.8.3"],
    source: "https://www.openwall.com/lists/oss-security/2016/10/21/1",
  },
  {
    component: "kernel",
    ids: ["CVE-2022-0185"],
    what: "a length that wraps around in fsconfig; needs SYS_ADMIN or user namespaces in the container",
    severity: "high",
    since: "5.1",
    fixed: ["5.4.173", "5.10.93", "5.15.16", "5.16.2"],
    source: "https://www.openwall.com/lists/oss-security/2022/01/18/7",
  },
  {
    component: "kernel",
    ids: ["CVE-2022-0847"],
    what: "Dirty Pipe: pages of read-only files, an image's among them, are written",
    severity: "critical",
    since: "5.8",
    fixed: ["5.10.102", "5.15.25", "5.16.11"],
    source: "https://dirtypipe.cm4all.com/",
  },
  {
    component: "kernel",
    ids: ["CVE-2026-31431"],
    what: "Copy Fail: AF_ALG sockets write to pages of read-only files, an image's among them",
    severity: "critical",
    since: "4.14",
    fixed: ["5.10.254", "5.15.204", "6.1.170", "6.6.137", "6.12.85", "6.18.22", "6.19.12", "7.0"],
    source: "https://www.cve.org/CVERecord?id=CVE-2026-31431",
  },
];
