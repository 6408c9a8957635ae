// What is half typed stays on this device until it is kept, also when the page closes.
const keyOf = (form, owner) => `cocreate-draft:${owner}:${form.dataset.draft ?? form.dataset.contributionForm}`;

function read(form) {
  const typed = {};
  for (const field of form.querySelectorAll("textarea[name], input[name]")) {
    if (field.type === "hidden" || field.type === "checkbox" || field.name === "visibility") continue;
    if (field.type === "radio") {
      if (field.checked) typed[field.name] = field.value;
    } else if (field.value) typed[field.name] = field.value;
  }
  return typed;
}

export function hasWords(form) {
  return [...form.querySelectorAll("textarea")].some((field) => field.value.trim());
}

export function watchDraft(form, owner) {
  const key = keyOf(form, owner);
  restore(form, key);
  form.addEventListener("input", () => {
    try {
      if (hasWords(form)) localStorage.setItem(key, JSON.stringify(read(form)));
      else localStorage.removeItem(key);
    } catch {
      // A browser that keeps nothing still shows what is typed.
    }
  });
}

export function forgetDraft(form, owner) {
  try {
    localStorage.removeItem(keyOf(form, owner));
  } catch {
    // Nothing was kept.
  }
}

function restore(form, key) {
  let typed = {};
  try {
    typed = JSON.parse(localStorage.getItem(key) ?? "{}");
  } catch {
    return;
  }
  fill(form, typed);
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
