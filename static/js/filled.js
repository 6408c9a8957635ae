// What a form holds, as it goes out: of boxes with one name, all that are ticked.
export function filledIn(form) {
  const data = new FormData(form);
  const { csrf_token: _token, ...body } = Object.fromEntries(data);
  for (const { name } of form.querySelectorAll('[type="checkbox"][name]')) body[name] = data.getAll(name);
  return body;
}

// The words beside what is chosen in it.
export const chosenIn = (form) =>
  [...form.querySelectorAll(':is([name="position"], [name="answer"], [name="approved"], [name="mood"]):checked + label')]
    .map((label) => (label.querySelector("span") ?? label).textContent.trim())
    .join(", ");

// What was chosen stays ticked when the form is made empty for a next time.
export function leaveTicked(form) {
  for (const box of form.querySelectorAll("[data-stays] :is([type=checkbox], [type=radio])")) box.defaultChecked = box.checked;
}
