// What is half typed about a stop, kept while somebody looks at another one.
export class Drafts {
  #kept = new Map();

  constructor(root, about) {
    this.about = about;
    for (const form of root.querySelectorAll("form[data-part]")) {
      form.addEventListener("input", () => this.#keep(form));
      form.addEventListener("change", () => this.#keep(form));
    }
  }

  // Fills in what was typed here before; gives whether there was something.
  restore(form) {
    const typed = this.#kept.get(this.#key(form));
    for (const [name, value] of Object.entries(typed ?? {})) {
      const field = form.elements[name];
      if (field?.type === "checkbox") field.checked = value;
      else if (field) field.value = value;
    }
    return Boolean(typed);
  }

  forget(form) {
    this.#kept.delete(this.#key(form));
  }

  // Words that the server could not take, offered back where they were typed.
  give(about, part, mark, typed) {
    this.#kept.set(`${about ?? ""}:${part}:${mark}`, typed);
  }

  has(about, part, mark = "") {
    return this.#kept.has(`${about ?? ""}:${part}:${mark}`);
  }

  #key(form) {
    return `${this.about() ?? ""}:${form.dataset.part}:${form.dataset.mark ?? ""}`;
  }

  #keep(form) {
    const typed = {};
    for (const { name, type, value, checked } of form.elements) {
      if (!name || (type === "radio" && !checked)) continue;
      typed[name] = type === "checkbox" ? checked : value;
    }
    this.#kept.set(this.#key(form), typed);
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
