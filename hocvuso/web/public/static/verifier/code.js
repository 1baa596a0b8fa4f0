// The offline code and the status list, read and verified in the browser: what credentials/codes.py and statuslist.py write.
const PREFIX = "HVS1:", LETTERS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", LONGEST = 1000;
const ES256 = { name: "ECDSA", hash: "SHA-256" };

// A refusal names the section of the page that says it.
export class Refusal extends Error {
  constructor(section) {
    super(section);
    this.section = section;
  }
}

export function fromBase45(text) {
  const bytes = [];
  for (let start = 0; start < text.length; start += 3) {
    const digits = [...text.slice(start, start + 3)].map((letter) => LETTERS.indexOf(letter));
    const number = digits.reduceRight((sum, digit) => sum * 45 + digit, 0);
    if (digits.length === 1 || digits.includes(-1) || number >= 256 ** (digits.length - 1)) throw new Refusal("changed");
    if (digits.length === 3) bytes.push(number >> 8);
    bytes.push(number & 255);
  }
  return Uint8Array.from(bytes);
}

function fromBase64url(text) {
  return Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

function toBase64url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// CBOR (RFC 8949), as much of it as our codes have: integers, byte and text strings, lists, maps, tags, true and false.
export function readCbor(bytes) {
  let at = 0;
  const take = (count) => {
    if (at + count > bytes.length) throw new Refusal("changed");
    at += count;
    return bytes.subarray(at - count, at);
  };
  const read = (depth) => {
    const first = take(1)[0], kind = first >> 5, short = first & 31;
    if (depth > 8 || short > 26) throw new Refusal("changed");
    const size = short < 24 ? short : take(1 << (short - 24)).reduce((sum, byte) => sum * 256 + byte, 0);
    switch (kind) {
      case 0: return size;
      case 1: return -1 - size;
      case 2: return take(size);
      case 3: return new TextDecoder("utf-8", { fatal: true }).decode(take(size));
      case 4: return Array.from({ length: Math.min(size, bytes.length) }, () => read(depth + 1));
      case 5: return new Map(Array.from({ length: Math.min(size, bytes.length) }, () => [read(depth + 1), read(depth + 1)]));
      case 6: return { tag: size, value: read(depth + 1) };
      default: return { 20: false, 21: true }[short];
    }
  };
  const value = read(0);
  if (at !== bytes.length) throw new Refusal("changed");
  return value;
}

// Just enough of a writer for what is signed: ["Signature1", protected, h'', payload] (RFC 9052 §4.4).
function toBeSigned(protectedHeader, payload) {
  const head = (kind, size) => (size < 24 ? [kind | size] : size < 256 ? [kind | 24, size] : [kind | 25, size >> 8, size & 255]);
  const label = new TextEncoder().encode("Signature1");
  return Uint8Array.from([0x84, ...head(0x60, label.length), ...label, ...head(0x40, protectedHeader.length), ...protectedHeader,
    0x40, ...head(0x40, payload.length), ...payload]);
}

async function isSigned(key, signature, data) {
  const { kty, crv, x, y } = key;
  const known = await crypto.subtle.importKey("jwk", { kty, crv, x, y }, { name: "ECDSA", namedCurve: "P-256" }, false, ["verify"]);
  return crypto.subtle.verify(ES256, known, signature, data);
}

// What a code says, once it is known to be ours. `keys` is the JWK set of /giay-xac-nhan/khoa.json.
export async function readCode(text, keys) {
  const code = text.trim();
  if (!code.toUpperCase().startsWith(PREFIX) || code.length > LONGEST) throw new Refusal("not-ours");
  let header, protectedHeader, payload, signature;
  try {
    const message = readCbor(fromBase45(code.slice(PREFIX.length).toUpperCase()));
    [protectedHeader, , payload, signature] = message.value;
    header = readCbor(protectedHeader);
    if (message.tag !== 18 || message.value[1].size !== 0 || signature.length !== 64) throw new Refusal("changed");
    header = { algorithm: header.get(1), kid: toBase64url(header.get(4)) };
  } catch {
    throw new Refusal("changed"); // whatever went wrong inside, the letters are not what they were
  }
  const key = keys.keys.find((one) => one.kid === header.kid);
  if (header.algorithm !== -7 || !key) throw new Refusal("unknown-key");
  if (!(await isSigned(key, signature, toBeSigned(protectedHeader, payload)))) throw new Refusal("changed");
  const said = readCbor(payload);
  return { id: said.get(1), name: said.get(2), level: said.get(3), framework: said.get(4), issued: new Date(said.get(5) * 86_400_000),
    issuer: said.get(6), index: said.get(7), simulated: said.get(8) === true };
}

// The status list, if it is signed with a key of ours; null when it is not to be relied on.
export async function readStatusList(jws, keys) {
  try {
    const key = keys.keys.find((one) => one.kid === JSON.parse(new TextDecoder().decode(fromBase64url(jws.protected))).kid);
    const signed = new TextEncoder().encode(`${jws.protected}.${jws.payload}`);
    if (!key || !(await isSigned(key, fromBase64url(jws.signature), signed))) return null;
    const said = JSON.parse(new TextDecoder().decode(fromBase64url(jws.payload)));
    const packed = fromBase64url(said.credentialSubject.encodedList.slice(1));
    const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    const bits = new Uint8Array(await new Response(unpacked).arrayBuffer());
    return {
      asOf: new Date(said.validFrom),
      knows: (index) => index < bits.length * 8,
      isRevoked: (index) => (bits[index >> 3] & (0x80 >> (index & 7))) !== 0,
    };
  } catch {
    return null; // no list, or a browser that cannot unpack it: the page says that it does not know
  }
}
