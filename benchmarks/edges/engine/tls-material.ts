/** Certificates for an engine behind TLS, as the docker CLI lays them out: ca.pem, cert.pem and key.pem, each optional. */
import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { env } from "node:process";

export interface TlsMaterial {
  /** The authority that signed the engine's certificate; `undefined`: those that this system trusts. */
  readonly ca: Buffer | undefined;
  /** The client's certificate and key, where the engine requires them. */
  readonly client: { readonly cert: Buffer; readonly key: Buffer } | undefined;
  /** Whether the engine's certificate is verified. */
  readonly verified: boolean;
  /** Where the files are, for people, and what to do when they do not match. */
  readonly place: string;
  readonly remedy: string;
}

interface Folder extends Pick<TlsMaterial, "verified" | "place" | "remedy"> {
  readonly folder: string;
}

/** @throws Error when a file is there and cannot be read, or half of the client's pair is missing */
export function readTlsFolder({ folder, ...about }: Folder): TlsMaterial {
  const read = (name: string): Buffer | undefined => {
    try {
      return readFileSync(join(folder, name));
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw new Error(`${name} cannot be read from ${about.place} (${(cause as Error).message}): ${about.remedy}`, { cause });
    }
  };
  const [ca, cert, key] = [read("ca.pem"), read("cert.pem"), read("key.pem")];
  if ((cert === undefined) !== (key === undefined))
    throw new Error(
      `${about.place} has ${cert === undefined ? "key.pem without cert.pem" : "cert.pem without key.pem"}: the client's certificate and its key go together; ${about.remedy}`,
    );
  return { ...about, ca: ca ?? systemAuthorities(), client: cert === undefined || key === undefined ? undefined : { cert, key } };
}

/**
 * As the docker CLI does: DOCKER_TLS_VERIFY with any value but the empty one means TLS with verification, DOCKER_TLS without.
 * @param secure whether the URL says by itself that it is TLS
 * @returns `undefined` for no TLS
 * @throws Error when there is nothing to verify with
 */
export function tlsOfEnvironment(secure: boolean): TlsMaterial | undefined {
  const verified = Boolean(env.DOCKER_TLS_VERIFY) || (secure && !env.DOCKER_TLS);
  if (!verified && !env.DOCKER_TLS) return undefined;
  const folder = env.DOCKER_CERT_PATH || env.DOCKER_CONFIG || join(homedir(), ".docker");
  const place = env.DOCKER_CERT_PATH ? `${folder} (DOCKER_CERT_PATH)` : folder;
  const remedy = "DOCKER_CERT_PATH names the folder of ca.pem, cert.pem and key.pem";
  if (verified && !secure && !["ca.pem", "cert.pem"].some((name) => existsSync(join(folder, name))))
    throw new Error(`the engine needs TLS, but ca.pem cannot be read from ${place}: ${remedy}`);
  return readTlsFolder({ folder, verified, place, remedy });
}

/** The usual places on Linux. Node has its own list of authorities, which lacks a company's. */
const BUNDLES = ["/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/cert.pem"] as const;

function systemAuthorities(): Buffer | undefined {
  const bundle = BUNDLES.find((file) => existsSync(file));
  return bundle === undefined ? undefined : readFileSync(bundle);
}

/** OpenSSL's codes: the certificate's issuer is unknown, or the certificate is invalid. */
const UNKNOWN_AUTHORITY = [
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "CERT_SIGNATURE_FAILURE",
  "CERT_UNTRUSTED",
  "INVALID_CA",
];

/** Why a handshake failed; `undefined` when it failed for another reason. */
export function tlsHint({ place, remedy, client }: TlsMaterial, { code = "", message }: Error & { code?: string }) {
  if (UNKNOWN_AUTHORITY.includes(code))
    return `its certificate is not signed by the authority in ca.pem of ${place} (${message}): put the engine's own ca.pem there; ${remedy}`;
  if (code === "ERR_TLS_CERT_ALTNAME_INVALID")
    return `its certificate is for another name: ${message}; name the engine as its certificate does`;
  if (/^CERT_/.test(code)) return `its certificate is not valid: ${message}; renew it, and look at this machine's clock`;
  if (code === "EPROTO" || /^ERR_SSL_.*(WRONG_VERSION|HTTP_REQUEST|PACKET_LENGTH)/.test(code))
    return `it does not speak TLS (${message.replace(/\s+/g, " ").slice(0, 200)}): reach it without DOCKER_TLS_VERIFY, or check the port`;
  if (/^ERR_SSL_.*ALERT|^ERR_OSSL|^ERR_SSL/.test(code) || code === "ECONNRESET")
    return client === undefined
      ? `it requires a client certificate (${code}), and ${place} has no cert.pem and key.pem; ${remedy}`
      : `it rejects the client certificate of ${place} (${code}): use one that the engine's authority has signed; ${remedy}`;
  return undefined;
}
