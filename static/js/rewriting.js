// A sheet with what could not be kept and the reason, to say it differently.
export class Rewriting {
  constructor(dialog) {
    this.dialog = dialog;
    this.fields = [...dialog.querySelectorAll("textarea")];
    for (const field of this.fields) field.dataset.most = field.maxLength;
  }

  // `parts`: the words by name; without any, `words` can only be read. `most`: how many letters each may have.
  // Gives the words by name as they are now; nothing when they are left as they were, or nothing is left of them.
  async ask({ problem, words }, parts, { most = () => undefined, isLoose = false } = {}) {
    const names = Object.keys(parts);
    this.dialog.querySelector("[data-problem]").textContent = problem ?? "";
    this.dialog.querySelector("[data-loose]").hidden = !isLoose;
    this.fields.forEach((field, place) => {
      field.closest(".field").hidden = place > 0 && !names[place];
      field.maxLength = most(names[place]) ?? field.dataset.most;
      field.value = names.length ? (parts[names[place]] ?? "") : place ? "" : words;
      field.readOnly = !names.length;
    });
    const isSent = (await answer(this.dialog)) === "yes" && this.fields[0].value.trim();
    return isSent ? Object.fromEntries(names.map((name, place) => [name, this.fields[place].value.trim()])) : null;
  }
}

// What was chosen in a dialog; nothing when it was closed otherwise.
export function answer(dialog) {
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => dialog.addEventListener("close", () => resolve(dialog.returnValue), { once: true }));
}
