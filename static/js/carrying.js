// A fresh part of a page comes in the place of an older one: what was open stays open, what was typed or chosen stays.
const holderOf = (element) => element.closest("[data-arrival], [data-group], [data-aside]");

export function pathOf(element) {
  const holder = holderOf(element);
  const [name, id] = ["arrival", "group", "aside"].map((each) => [each, holder?.dataset[each]]).find(([, value]) => value) ?? [];
  const inside = `[data-key="${CSS.escape(element.dataset.key)}"]`;
  return name ? `[data-${name}="${CSS.escape(id)}"] ${inside}` : inside;
}

const isFilled = (element) => element.matches("textarea, input, select") && element.value !== usual(element);

function usual(element) {
  if (!element.matches("select")) return element.defaultValue;
  return ([...element.options].find((one) => one.defaultSelected) ?? element.options[0])?.value;
}

const canBe = (element, value) => !element.matches("select") || [...element.options].some((one) => one.value === value);

// Gives what puts the focus back where it was, once the fresh part is in the page.
export function carryOver(older, fresh) {
  const focused = older.contains(document.activeElement) ? (document.activeElement.closest("[data-key]") ?? document.activeElement.closest("details[data-key]")) : null;
  const isOnSummary = document.activeElement?.matches?.("summary");
  const path = focused && pathOf(focused);
  for (const element of older.querySelectorAll("[data-key]")) {
    if (!element.open && !isFilled(element)) continue;
    const twin = fresh.querySelector(pathOf(element));
    if (!twin) continue;
    if (element.matches("details")) twin.open = true;
    else if (canBe(twin, element.value)) twin.value = element.value;
  }
  return () => {
    if (!focused) return;
    const twin = path && fresh.querySelector(path);
    const target = isOnSummary ? twin?.querySelector("summary") : twin;
    (target ?? fresh.querySelector("h2")).focus({ preventScroll: Boolean(target) });
  };
}
