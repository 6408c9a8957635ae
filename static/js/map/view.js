// Where one looks: a place and a size.
import { bringIn, roomOf } from "./cover.js";
import { BOX, beginning, bounds } from "./hit.js";
import { Pane } from "./pane.js";

const READABLE = 1; // at this size the smallest words are 12 px
const [SMALLEST, LARGEST] = [0.25, 3];
const ROOMY = 1.3; // a few stops are not blown up further
const EDGE = 32; // px of white

export class View {
  #at = { x: 0, y: 0, k: 1 };
  #size = { width: 0, height: 0 };

  // `spots` gives the stops as {id, x, y} in the units of the picture; `cover` is what lies over the page; `far` is
  // called before one looks further than what was in sight at first.
  constructor(frame, svg, { spots, way = 1, cover = () => null, far = () => {} }) {
    Object.assign(this, { frame, spots, way, cover, far });
    this.pane = new Pane(svg);
    frame.classList.add("is-live");
    this.#resize();
    new ResizeObserver(() => this.#resize()).observe(frame);
  }

  adopt(svg) {
    this.pane.adopt(svg);
  }

  get scale() {
    return this.#at.k;
  }

  // From the page to the picture.
  point({ clientX, clientY }) {
    const { left, top } = this.frame.getBoundingClientRect();
    const { x, y, k } = this.#at;
    return { x: (clientX - left - x) / k, y: (clientY - top - y) / k };
  }

  // Readable before whole: a small map is seen at once, a large one opens where its road begins.
  open() {
    const first = beginning(this.spots(), this.way);
    if (!first || this.#whole().k >= READABLE) return this.#set({ ...this.#whole(), k: Math.min(this.#whole().k, ROOMY) }, true);
    const { clientWidth: width, clientHeight: height } = this.frame;
    const { top, bottom } = bounds(this.spots());
    const x = (this.way > 0 ? EDGE : width - EDGE) - first.x + (this.way * BOX.width) / 2;
    const fits = bottom - top + 2 * EDGE <= height;
    const y = fits ? height / 2 - (top + bottom) / 2 : Math.min(EDGE - top, height / 2 - first.y);
    this.#set({ x, y, k: READABLE });
  }

  fit() {
    this.far();
    this.pane.glide(() => this.#set({ ...this.#whole(), k: Math.min(this.#whole().k, ROOMY) }, true));
  }

  pan(dx, dy) {
    this.#set({ ...this.#at, x: this.#at.x + dx, y: this.#at.y + dy });
  }

  // `spot` on the page stays where it is.
  zoom(factor, spot = null) {
    const { left, top, width, height } = this.frame.getBoundingClientRect();
    const { x, y, k: before } = this.#at;
    if (factor < 1) this.far();
    const k = Math.min(Math.max(before * factor, Math.min(this.#whole().k * 0.8, SMALLEST)), LARGEST);
    const [cx, cy] = spot ? [spot.clientX - left, spot.clientY - top] : [width / 2, height / 2];
    this.#set({ x: cx - ((cx - x) * k) / before, y: cy - ((cy - y) * k) / before, k });
  }

  step(factor) {
    this.pane.glide(() => this.zoom(factor));
  }

  // Brings a stop into sight, unless it can be seen already.
  show(id) {
    const stop = this.spots().find((each) => each.id === id);
    if (!stop) return;
    this.#resize();
    bringIn(this.frame, this.cover());
    const { x, y, k } = this.#at;
    const room = roomOf(this.frame, this.cover());
    const [across, down] = [x + stop.x * k, y + stop.y * k];
    const [half, high] = [(BOX.width / 2) * k + 8, (BOX.height / 2) * k + 24];
    const isSeen = across - half >= 0 && across + half <= room.width && down - high >= 0 && down + high <= room.height;
    if (isSeen && k >= READABLE / 2) return;
    this.far();
    const closer = Math.max(k, READABLE);
    this.pane.glide(() => this.#set({ x: room.width / 2 - stop.x * closer, y: room.height / 2 - stop.y * closer, k: closer }));
  }

  hold() {
    this.pane.hold();
  }

  #set(at, centred = false) {
    const { clientWidth: width, clientHeight: height } = this.frame;
    const { left, right, top, bottom } = bounds(this.spots());
    if (centred) {
      at.x = width / 2 - ((left + right) / 2) * at.k;
      at.y = height / 2 - ((top + bottom) / 2) * at.k;
    }
    const keep = Math.min(width, height) / 3; // some of the map always stays in sight
    at.x = Math.min(Math.max(at.x, keep - right * at.k), width - keep - left * at.k);
    at.y = Math.min(Math.max(at.y, keep - bottom * at.k), height - keep - top * at.k);
    this.#at = at;
    this.pane.put(at);
  }

  #whole() {
    const { left, right, top, bottom } = bounds(this.spots());
    const { clientWidth: width, clientHeight: height } = this.frame;
    return { x: 0, y: 0, k: Math.max(Math.min((width - EDGE) / (right - left), (height - EDGE) / (bottom - top)), 0.02) };
  }

  // What was in the middle stays there; a frame that was not on the page yet opens.
  #resize() {
    const { clientWidth: width, clientHeight: height } = this.frame;
    const before = this.#size;
    this.#size = { width, height };
    if (!before.width) return width && this.open();
    if (width !== before.width || height !== before.height) this.pan((width - before.width) / 2, (height - before.height) / 2);
    return undefined;
  }
}
