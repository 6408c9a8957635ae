// Choosing another way to answer loads the page again; what was typed until then comes along in this tab.
const NAMES = ["asked", "unit", "lowest", "highest", "overruled_because"];

export default function building(root) {
  const key = `building:${location.pathname}`;
  const form = root.querySelector("[data-building]");
  const kept = sessionStorage.getItem(key);
  sessionStorage.removeItem(key);
  if (kept && form) bring(form, JSON.parse(kept));
  root.addEventListener("click", (event) => {
    if (!form || !event.target.closest(".kind-tile")) return;
    const values = Object.fromEntries(NAMES.map((name) => [name, form.elements[name]?.value]));
    const sensitivity = form.querySelector('[name="sensitivity"]:checked')?.value;
    sessionStorage.setItem(key, JSON.stringify({ ...values, sensitivity }));
  });
}

function bring(form, { sensitivity, ...values }) {
  for (const [name, value] of Object.entries(values)) {
    if (form.elements[name] && value) form.elements[name].value = value;
  }
  for (const option of form.querySelectorAll('[name="sensitivity"]')) option.checked = option.value === sensitivity;
}
