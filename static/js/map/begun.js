// What is half typed about a stop, kept on this device while somebody looks at another one, and when the page closes.
const MOST = 30; // stops that somebody can be writing about

export class Drafts {
  #kept;
  #place;
  #readers = new Map(); // forms that keep something else than all that stands in them

  // `owner`: whose words these are; a shared tablet shows them to nobody else.
  constructor(root, about, owner) {
    Object.assign(this, { root, about });
    this.#place = `cocreate-drafts:${owner}`;
    this.#kept = new Map(recall(this.#place));
    for (const form of root.querySelectorAll("form[data-part]")) {
      form.addEventListener("input", () => this.#keep(form));
      form.addEventListener("change", () => this.#keep(form));
    }
    this.#tell();
  }

  // What was begun, the last one last: about which stop, in which part, and what it answers.
  get all() {
    return [...this.#kept].map(([key, typed]) => {
      const [about, part, mark] = key.split(":");
      return { about, part, mark, typed };
    });
  }

  // `read` gives what is to be kept of this form, or nothing.
  keeps(form, read) {
    this.#readers.set(form, read);
  }

  of(form) {
    return this.#kept.get(this.#key(form));
  }

  // Fills in what was typed here before; gives whether there was something.
  restore(form) {
    const typed = this.of(form);
    for (const [name, value] of Object.entries(typed ?? {})) {
      const field = form.elements[name];
      if (field?.type === "checkbox") field.checked = value;
      else if (field) field.value = value;
    }
    return Boolean(typed);
  }

  forget(form) {
    this.#kept.delete(this.#key(form));
    this.#remember();
  }

  drop({ about, part, mark }) {
    this.#kept.delete(`${about}:${part}:${mark}`);
    this.#remember();
  }

  has(about, part, mark = "") {
    return this.#kept.has(`${about ?? ""}:${part}:${mark}`);
  }

  #key(form) {
    return `${this.about() ?? ""}:${form.dataset.part}:${form.dataset.mark ?? ""}`;
  }

  #keep(form) {
    const typed = (this.#readers.get(form) ?? whole)(form);
    const key = this.#key(form);
    this.#kept.delete(key);
    if (typed) this.#kept.set(key, typed);
    this.#remember();
  }

  #remember() {
    try {
      if (this.#kept.size) localStorage.setItem(this.#place, JSON.stringify([...this.#kept].slice(-MOST)));
      else localStorage.removeItem(this.#place);
    } catch {
      // A browser that keeps nothing still shows what is typed.
    }
    this.#tell();
  }

  #tell() {
    this.root.toggleAttribute("data-begun", this.#kept.size > 0 && Boolean(this.root.querySelector("form[data-part]")));
    this.root.dispatchEvent(new CustomEvent("map:begun", { bubbles: true }));
  }
}

// Everything in a form in which somebody wrote something.
function whole({ elements }) {
  const typed = {};
  for (const { name, type, value, checked } of elements) {
    if (!name || (type === "radio" && !checked)) continue;
    typed[name] = type === "checkbox" ? checked : value;
  }
  return typed.text?.trim() ? typed : null;
}

function recall(place) {
  try {
    return JSON.parse(localStorage.getItem(place) ?? "[]");
  } catch {
    return [];
  }
}

// A problem with what was filled in, in words, and the focus where it is.
export function complain(form, text) {
  const problem = form.querySelector("[data-error]");
  const field = form.elements.text;
  problem.hidden = !text;
  problem.textContent = text;
  if (!text) return field.removeAttribute("aria-invalid");
  field.setAttribute("aria-invalid", "true");
  field.focus();
}
