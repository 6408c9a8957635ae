// The sheet of paper under the frame. While it moves, nothing on it is drawn anew: only what is there already is shown
// elsewhere or at another size. At rest it is drawn sharp at the size it has come to.
const REST = 160; // ms without a move
const GLIDE = 400; // ms, a little more than the transition takes
const still = matchMedia("(prefers-reduced-motion: reduce)");

export class Pane {
  #at = { x: 0, y: 0, k: 1 };
  #drawn = 1; // the size at which the paper was drawn
  #frame = 0;
  #timer = 0;
  #gliding = 0;

  constructor(svg) {
    this.paper = svg.parentElement;
    this.root = this.paper.parentElement;
    this.adopt(svg);
    // Moves nothing. A browser hands a transform that is being animated straight to what puts layers together, and looks
    // through everything on the page after any other: with hundreds of stops that takes most of a frame.
    this.root.animate?.({ transform: ["translate(0)", "translate(0)"] }, { duration: 1e9, composite: "add" }).pause();
  }

  adopt(svg) {
    const { x, y } = svg.viewBox.baseVal;
    // Taken off and put back, hundreds of stops are laid out anew.
    if (svg.parentElement !== this.paper) this.paper.replaceChildren(svg);
    Object.assign(svg.style, { left: `${x}px`, top: `${y}px` });
  }

  put(at) {
    this.#at = at;
    this.root.classList.add("is-moving");
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#show();
    });
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#rest(), this.#gliding ? GLIDE : REST);
  }

  glide(move) {
    clearTimeout(this.#gliding);
    if (!still.matches) {
      this.root.classList.add("is-gliding");
      this.#gliding = setTimeout(() => this.hold(), GLIDE);
    }
    move();
  }

  hold() {
    clearTimeout(this.#gliding);
    this.#gliding = 0;
    this.root.classList.remove("is-gliding");
  }

  #rest() {
    this.hold();
    this.root.classList.remove("is-moving");
    this.#at.x = Math.round(this.#at.x); // letters between two pixels are blurred
    this.#at.y = Math.round(this.#at.y);
    if (this.#drawn !== this.#at.k) {
      this.#drawn = this.#at.k;
      this.paper.style.transform = `scale(${this.#drawn})`;
    }
    this.#show();
  }

  #show() {
    const { x, y, k } = this.#at;
    this.root.style.transform = `translate(${x}px, ${y}px) scale(${k / this.#drawn})`;
  }
}
