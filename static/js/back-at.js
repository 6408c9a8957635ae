// When everybody goes on, by the clock of the server: this device's own may be wrong by a year.
export default function backAt(root) {
  const time = new Intl.DateTimeFormat(document.documentElement.lang, { timeZone: root.dataset.zone, hourCycle: "h23", hour: "2-digit", minute: "2-digit" });
  const show = ({ ends, paused }) => {
    const isKnown = Boolean(ends) && !paused;
    root.querySelector("[data-known]").hidden = !isKnown;
    root.querySelector("[data-unknown]").hidden = isKnown;
    if (isKnown) root.querySelector("[data-time]").textContent = time.format(ends * 1000);
  };
  const { ends, paused } = root.dataset;
  show({ ends: Number(ends), paused: paused !== undefined });
  addEventListener("cocreate:change", ({ detail: change }) => {
    const on = root.closest("[data-step]")?.dataset.step;
    if (root.isConnected && change.topic === "stage" && on === root.dataset.stepId) show(change);
  });
}
