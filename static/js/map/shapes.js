// Draws one stop as the server does, from its shapes; colours come from the stylesheet.
import { Letters, seen } from "./letters.js";

const SVG = "http://www.w3.org/2000/svg";

export function make(name, attributes, ...inside) {
  const element = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) if (value !== null && value !== undefined) element.setAttribute(key, value);
  element.append(...inside);
  return element;
}

export class Shapes {
  constructor(data, names, way) {
    Object.assign(this, { data, names, way, letters: new Letters(data.widths) });
    this.moment = new Map([4, 7, 10].map((length) => [length, whenFormat(length)]));
  }

  stop(node) {
    const kind = this.data.kinds[node.kind] ?? this.data.kinds.event;
    const { box, pictogram, voices, voice } = this.data;
    const mirror = this.way < 0 ? "scale(-1 1)" : null;
    const dashed = node.state === "planned" || node.state === "dropped";
    const wide = { changed: 6, emerged: 4 }[node.state];
    const outline = {
      class: "outline",
      d: kind.outline,
      transform: mirror,
      "stroke-width": wide,
      "stroke-dasharray": dashed ? this.data.planned.join(" ") : null,
      opacity: node.state === "dropped" ? 0.5 : null,
    };
    const left = this.way * (kind.start + (pictogram.size - box.width) / 2) - pictogram.size / 2;
    const at = `translate(${left} ${-pictogram.size / 2}) scale(${pictogram.size / 24})`;
    return make(
      "g",
      this.#attributes(node),
      make("title", {}, `${seen(node.text)} (${this.names.kinds[node.kind]}, ${this.names.states[node.state]}${node.folded ? `, +${node.folded}` : ""})`),
      ...this.#stack(node, kind.outline, mirror),
      make("path", outline),
      ...(node.state === "changed" ? [make("path", { class: "inline", d: kind.outline, transform: mirror })] : []),
      make("path", { class: "pictogram", d: kind.pictogram, "stroke-linecap": "round", transform: at }),
      this.#words(node, kind),
      ...this.#caption(node),
      ...(node.voice ? [this.#mark(node.voice, voices[node.voice] ?? voice.other)] : []),
      ...this.#badge(node),
    );
  }

  // The boxes that lie below one that others are folded into.
  #stack({ folded }, d, mirror) {
    if (!folded) return [];
    const at = (out) => [`translate(${this.way * out} ${out})`, mirror].filter(Boolean).join(" ");
    return this.data.folded.stack.map((out) => make("path", { class: "below", d, transform: at(out) }));
  }

  // “+37”
  #badge({ folded }) {
    if (!folded) return [];
    const { x, y, high, letter } = this.data.folded;
    const words = `+${folded}`;
    const [half, round] = [4.5 * words.length + 6, high / 2];
    const side = half - round;
    const arc = `a${round} ${round} 0 0 1 0`;
    const d = `M${-side} ${-round}H${side}${arc} ${high}H${-side}${arc} ${-high}z`;
    const said = make("text", { y: 4.5, "font-size": letter, "text-anchor": "middle", stroke: "none" }, words);
    return [make("g", { class: "badge", transform: `translate(${this.way * x} ${y})` }, make("path", { d, stroke: "none" }), said)];
  }

  #attributes(node) {
    return {
      class: ["node", `kind-${node.kind}`, node.state, node.intended ? "" : "unintended", "is-provisional"].filter(Boolean).join(" "),
      "data-node": node.id,
      "data-kind": node.kind,
      "data-state": node.state,
      "data-voice": node.voice ?? null,
      "data-told": node.told ?? null,
      "data-when": node.when || null,
      "data-folded": node.folded || null,
      "data-pinned": node.pinned ? "true" : null,
      transform: `translate(${this.way * node.x} ${node.y})`,
    };
  }

  #words(node, { start: edge, end }) {
    const { box, pictogram, letters, leading, lines: most } = this.data;
    const start = edge + pictogram.size + pictogram.beside;
    const { size, lines } = this.letters.fit(node.text, box.width - start - end, letters, most);
    const top = size * 0.36 - ((lines.length - 1) * size * leading) / 2;
    const x = this.way * (start - box.width / 2);
    const spans = lines.map((line, place) => make("tspan", { x, y: top + place * size * leading }, line));
    const anchor = this.way < 0 ? "end" : null;
    return make("text", { class: "words", "font-size": size, stroke: "none", "text-anchor": anchor, "unicode-bidi": "plaintext" }, ...spans);
  }

  #caption(node) {
    const { box, caption } = this.data;
    const state = node.state === "happened" ? "" : this.names.states[node.state];
    const told = [state, this.when(node.when)].filter(Boolean).join(" · ");
    if (!told) return [];
    const y = box.height / 2 + caption.below + (node.folded ? this.data.folded.below : 0);
    return [make("text", { class: "caption", y, "font-size": caption.size, "font-weight": 400, "text-anchor": "middle", stroke: "none" }, told)];
  }

  #mark(voice, outline) {
    const at = `translate(${this.way * this.data.voice.x} ${this.data.voice.y})`;
    return make("path", { class: `voice-mark ${voice}`, d: outline, transform: at });
  }

  // “2024”, “March 2024”, “15 March 2024”.
  when(told = "") {
    const format = this.moment.get(told.length);
    const day = new Date(`${told}${"-01-01".slice(told.length - 4)}T12:00:00Z`);
    return format && !Number.isNaN(day.valueOf()) ? format.format(day) : "";
  }
}

function whenFormat(length) {
  const parts = { year: "numeric", ...(length > 4 && { month: "long" }), ...(length > 7 && { day: "numeric" }) };
  const { lang } = document.documentElement;
  return new Intl.DateTimeFormat(lang === "en" ? "en-GB" : lang, { ...parts, timeZone: "UTC" });
}
