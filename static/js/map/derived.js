// The id of the step that comes with a new stop, known before the server answered: UUIDv5 of its id and “edge”.
// SHA-1 by hand, because plain http has no crypto.subtle. Nothing here is a secret.
const turn = (word, by) => (word << by) | (word >>> (32 - by));
const ROUNDS = [
  [(b, c, d) => (b & c) | (~b & d), 0x5a827999],
  [(b, c, d) => b ^ c ^ d, 0x6ed9eba1],
  [(b, c, d) => (b & c) | (b & d) | (c & d), 0x8f1bbcdc],
  [(b, c, d) => b ^ c ^ d, 0xca62c1d6],
];

// For at most 55 bytes: one block is all that an id and a short name need.
function sha1(bytes) {
  const block = new DataView(new ArrayBuffer(64));
  bytes.forEach((byte, place) => block.setUint8(place, byte));
  block.setUint8(bytes.length, 0x80);
  block.setUint32(60, bytes.length * 8);
  const words = Array.from({ length: 16 }, (_, place) => block.getUint32(place * 4));
  for (let place = 16; place < 80; place++) {
    words.push(turn(words[place - 3] ^ words[place - 8] ^ words[place - 14] ^ words[place - 16], 1));
  }
  const start = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
  let [a, b, c, d, e] = start;
  words.forEach((word, place) => {
    const [mix, constant] = ROUNDS[Math.floor(place / 20)];
    const next = (turn(a, 5) + mix(b, c, d) + e + constant + word) | 0;
    [a, b, c, d, e] = [next, a, turn(b, 30), c, d];
  });
  return [a, b, c, d, e].map((word, place) => (word + start[place]) >>> 0);
}

export function derivedId(id, name) {
  const space = id.replaceAll("-", "").match(/../g).map((pair) => parseInt(pair, 16));
  const hex = sha1([...space, ...new TextEncoder().encode(name)]).map((word) => word.toString(16).padStart(8, "0"));
  const digits = hex.join("").slice(0, 32).split("");
  digits[12] = "5";
  digits[16] = ((parseInt(digits[16], 16) & 0x3) | 0x8).toString(16);
  return digits.join("").replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
