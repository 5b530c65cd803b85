/** The device's own key, and the header by which it shows that a request is its (`web/LOG.md`, 5). */

import { base64url, hex, sha256, utf8, type Bytes } from "./bytes";

const KIND = { name: "ECDSA", namedCurve: "P-256" } as const;

/** A new key; the private half can be used and never read, not by this program either. */
export async function newDeviceKey(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(KIND, false, ["sign", "verify"]);
}

/** The public half, as it is handed in at enrolment. */
export async function publicHalf(pair: CryptoKeyPair): Promise<{ kty: string; crv: string; x: string; y: string }> {
  const { kty, crv, x, y } = await crypto.subtle.exportKey("jwk", pair.publicKey);
  return { kty: kty!, crv: crv!, x: x!, y: y! };
}

/** The text that is signed. `at` is the estimate of the server's time in UTC, milliseconds. */
export async function toSign(method: string, path: string, body: Bytes, at: number): Promise<string> {
  return ["spotcheck-device-proof-1", method, path, hex(await sha256(body)), new Date(at).toISOString()].join("\n");
}

/** The header `Device-Proof` of a request. */
export async function proof(key: CryptoKey, method: string, path: string, body: Bytes, at: number): Promise<string> {
  const moment = Math.round(at);
  const signed = utf8(await toSign(method, path, body, moment));
  const signature = await crypto.subtle.sign({ name: "ECDSA", hash: "SHA-256" }, key, signed);
  return `v1 at=${new Date(moment).toISOString()} sig=${base64url(new Uint8Array(signature))}`;
}
