// Words cut into lines that fit a box, by the same letter widths as on the server: nothing jumps when its drawing comes.
const LOOKED_AT = 300;

export class Letters {
  #known = new Map();

  constructor({ narrow, slim, wide, upper, other }) {
    for (const { letters, share } of [narrow, slim, wide]) for (const letter of letters) this.#known.set(letter, share);
    Object.assign(this, { upper, other });
  }

  // In whole hundredths of the letter size, which add up to the same in any order.
  #across(text) {
    let share = 0;
    for (const letter of text) share += this.#shareOf(letter);
    return share;
  }

  // The first letter size at which the text fits with no word broken, else the last; and its lines.
  // `lines` is how many there may be at each size.
  fit(text, width, sizes, lines) {
    const said = seen(text);
    const widest = Math.max(...said.split(" ").map((word) => this.#across(word)));
    for (const [place, size] of sizes.slice(0, -1).entries()) {
      if (said.length > LOOKED_AT || widest > roomIn(width, size)) continue;
      const found = this.wrap(said, width, size, lines[place]);
      if (found.join(" ") === said) return { size, lines: found };
    }
    const size = sizes.at(-1);
    return { size, lines: this.wrap(said, width, size, lines.at(-1)) };
  }

  wrap(text, width, size, most) {
    const said = seen(text);
    const room = roomIn(width, size);
    const words = said.slice(0, LOOKED_AT).split(" ").filter(Boolean).flatMap((word) => this.#break(word, room));
    const lines = [];
    for (const word of words) {
      const longer = `${lines.at(-1)} ${word}`;
      if (lines.length && this.#across(longer) <= room) lines[lines.length - 1] = longer;
      else if (lines.length < most) lines.push(word);
      else return [...lines.slice(0, -1), this.#shorten(longer, room)];
    }
    if (said.length > LOOKED_AT && lines.length) lines.push(this.#shorten(`${lines.pop()}…`, room));
    return lines;
  }

  #break(word, room) {
    if (this.#across(word) <= room) return [word];
    const parts = [""];
    for (const letter of word) {
      const now = parts.at(-1);
      if (now && this.#shareOf(letter) && this.#across(`${now}${letter}-`) > room) {
        if (isLetter(letter) && isLetter(now.at(-1))) parts[parts.length - 1] += "-";
        parts.push("");
      }
      parts[parts.length - 1] += letter;
    }
    return parts;
  }

  #shorten(line, room) {
    let kept = line.replace(/[ …]+$/, "");
    while (kept && this.#across(`${kept}…`) > room) kept = kept.slice(0, -1).trimEnd();
    return `${kept.replace(/[,.;:–-]+$/, "")}…`;
  }

  #shareOf(letter) {
    let share = this.#known.get(letter);
    if (share === undefined) {
      const isWide = /[\u1100-\u115f\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60]/u.test(letter);
      const hangs = /[\p{Mn}\p{Me}\p{Cf}]/u.test(letter);
      share = isWide ? 105 : hangs ? 0 : /\p{Lu}/u.test(letter) ? this.upper : this.other;
      this.#known.set(letter, share);
    }
    return share;
  }
}

const roomIn = (width, size) => (width * 100) / size;
const isLetter = (text) => /\p{L}/u.test(text);
// What nobody can see.
const UNSEEN = /[\x00-\x1f\x7f-\x9f\u202a-\u202e\ufeff\ufffe\uffff\ud800-\udfff]+/gu;
export const seen = (text) => text.replace(UNSEEN, " ").split(/\s+/).filter(Boolean).join(" ");
