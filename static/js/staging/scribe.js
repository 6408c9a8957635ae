// "Somebody writes for me": everything told on this tablet says so from then on, until it is somebody else's turn.
const MARK = "is_by_helper";

// For what is drawn at a map on the same page.
const isHelped = () => document.querySelector('[data-helper][aria-pressed="true"]');
export const helpedIn = (verb) => (verb === "grow" && isHelped() ? { is_by_helper: true } : {});

export class Scribe {
  #key;

  constructor(root) {
    this.root = root;
    this.#key = `cocreate-helper:${root.dataset.membership}`;
    this.line = root.querySelector("[data-helper-line]");
    this.button = root.querySelector("[data-helper]");
    this.button?.addEventListener("click", () => this.turn(!this.isOn));
    // What is asked in a round has a box of its own for it.
    root.addEventListener("change", ({ target }) => target.name === MARK && this.turn(target.checked));
    this.show();
  }

  get isOn() {
    try {
      return localStorage.getItem(this.#key) === "yes";
    } catch {
      return this.kept === "yes";
    }
  }

  turn(isOn) {
    this.kept = isOn ? "yes" : "";
    try {
      if (isOn) localStorage.setItem(this.#key, "yes");
      else localStorage.removeItem(this.#key);
    } catch {
      // Then it holds for as long as this page is open.
    }
    this.show();
  }

  mark(body) {
    return this.isOn ? { ...body, [MARK]: true } : body;
  }

  // Also in what came into the page later.
  show() {
    const { isOn } = this;
    if (this.line) this.line.hidden = !isOn;
    this.button?.setAttribute("aria-pressed", String(isOn));
    for (const box of this.root.querySelectorAll(`[type="checkbox"][name="${MARK}"]`)) box.checked = isOn;
  }
}
