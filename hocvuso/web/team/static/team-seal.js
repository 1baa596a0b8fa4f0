// Seals an event for the server alone (hocvuso/sync/sealing.py opens it): ECDH on P-256 with a key of its own, HKDF-SHA-256, AES-256-GCM.

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const INFO = "hocvuso sync 1";

const text = (buffer) => {
  let binary = "";
  for (const byte of new Uint8Array(buffer)) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
};

// Without a secure address the browser has no cryptography; the event then lies open on the phone until it is sent.
export async function seal(body, key, boundTo) {
  if (!crypto.subtle || !key) return body;
  const utf8 = new TextEncoder();
  const theirs = await crypto.subtle.importKey("jwk", key, CURVE, false, []);
  const own = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, own.privateKey, 256);
  const material = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const aes = await crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info: utf8.encode(INFO) },
    material, { name: "AES-GCM", length: 256 }, false, ["encrypt"],
  );
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: utf8.encode(boundTo) }, aes, utf8.encode(body));
  const point = await crypto.subtle.exportKey("raw", own.publicKey);
  return JSON.stringify({ sealed: 1, key: text(point), iv: text(iv), data: text(data) });
}
