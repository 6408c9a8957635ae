// What is half typed or chosen stays on this device until it is kept, also when the page closes or speaks another language.
// Two parts of a meeting may ask the same thing: each has drafts of its own.
const placeOf = (form) => `${form.dataset.contributionForm}:${form.closest("[data-step-id]")?.dataset.stepId ?? ""}`;
const keyOf = (form, owner) => `cocreate-draft:${owner}:${form.dataset.draft ?? placeOf(form)}`;
// Of what a form speaks, where the page chooses that and not its maker.
const aboutOf = ({ elements: { impact_id: about } }) => (about?.type === "hidden" ? about.value : undefined);

// All that differs from how the page brought it.
export function read(form) {
  const typed = {};
  for (const field of form.querySelectorAll("textarea[name], input[name], select[name]")) {
    const { name, type, value } = field;
    if (type === "hidden" || name === "is_by_helper") continue;
    if (type === "radio") {
      if (field.checked && !field.defaultChecked) typed[name] = value;
    } else if (type === "checkbox") {
      const same = [...form.querySelectorAll(`[type="checkbox"][name="${CSS.escape(name)}"]`)];
      if (same.some((box) => box.checked !== box.defaultChecked)) typed[name] = same.filter((box) => box.checked).map((box) => box.value);
    } else if (type === "select-one") {
      if (!field.selectedOptions[0]?.defaultSelected) typed[name] = value;
    } else if (value) typed[name] = value;
  }
  return typed;
}

export function hasWords(form) {
  return [...form.querySelectorAll("textarea")].some((field) => field.value.trim());
}

// `parts`: at which question somebody is. `ask(about)`: speak of this again; false when it is not here any more.
export function watchDraft(form, owner, { parts, ask = () => false } = {}) {
  const key = keyOf(form, owner);
  restore(form, key, parts, ask);
  const keep = () => {
    const typed = read(form);
    const draft = { typed, part: parts?.now, about: aboutOf(form) };
    try {
      if (Object.keys(typed).length) localStorage.setItem(key, JSON.stringify(draft));
      else localStorage.removeItem(key);
    } catch {
      // A browser that keeps nothing still shows what is typed.
    }
  };
  form.addEventListener("input", keep);
  form.addEventListener("part", keep);
  form.addEventListener("reset", () => setTimeout(keep)); // it is empty after this event
}

export function forgetDraft(form, owner) {
  try {
    localStorage.removeItem(keyOf(form, owner));
  } catch {
    // Nothing was kept.
  }
}

function restore(form, key, parts, ask) {
  let draft = {};
  try {
    draft = JSON.parse(localStorage.getItem(key) ?? "{}");
  } catch {
    return;
  }
  const { typed, part = 0, about } = draft;
  if (!typed || (about !== aboutOf(form) && !ask(about))) return; // never said of something else
  fill(form, typed);
  if (part) parts?.show(Math.min(part, parts.all.length - 1), false);
}

// Puts these words, and what was chosen with them, into a form.
export function fill(form, typed) {
  for (const [name, value] of Object.entries(typed)) {
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]:not([type="hidden"])`)) {
      if (field.type === "radio") field.checked = field.value === value;
      else if (field.type === "checkbox") field.checked = [value].flat().includes(field.value);
      else field.value = value;
    }
  }
}
