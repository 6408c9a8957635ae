// The button that brings the other ways to look; putting them away shows the map as it is again.
export function lookWith(bar, lenses) {
  const button = lenses.scope.querySelector("[data-look]");
  if (!button) {
    bar.hidden = false;
    return;
  }
  const show = (isShown) => {
    bar.hidden = !isShown;
    button.setAttribute("aria-expanded", String(isShown));
  };
  button.addEventListener("click", () => {
    show(bar.hidden);
    if (bar.hidden) lenses.chips.open(null);
    if (bar.hidden && lenses.isOn) lenses.clear();
    button.focus();
  });
  addEventListener("hashchange", () => lenses.isLooking && show(true));
  show(lenses.isLooking);
}
