// Time left. The server says how long ago the step began; this device only counts on from there,
// because its own clock may be wrong by a year.
export default function clock(root) {
  const timer = root.querySelector(".timer");
  const bar = root.querySelector("progress");
  let { started, elapsed } = root.dataset;
  let from = performance.now() - Number(elapsed || 0) * 1000;
  const show = () => {
    if (root.dataset.started !== started || root.dataset.elapsed !== elapsed) {
      ({ started, elapsed } = root.dataset);
      from = performance.now() - Number(elapsed || 0) * 1000;
    }
    if (root.dataset.paused !== undefined) from = performance.now() - Number(elapsed || 0) * 1000;
    const total = Number(root.dataset.minutes) * 60;
    const used = Math.max(0, (performance.now() - from) / 1000);
    const left = Math.round(total - used);
    const sign = left < 0 ? "+" : "";
    const seconds = Math.abs(left);
    timer.textContent = `${sign}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    timer.classList.toggle("is-over", left < 0);
    const halfway = root.querySelector("[data-halfway]");
    if (halfway) halfway.hidden = used < total / 2 || left <= 0;
    timer.classList.toggle("is-last", left <= 60);
    timer.classList.toggle("is-paused", root.dataset.paused !== undefined);
    if (bar) {
      bar.max = total;
      bar.value = Math.min(used, total);
    }
  };
  show();
  root.addEventListener("wound", show);
  // On a tablet it follows who leads, while its part is on.
  addEventListener("cocreate:change", ({ detail: change }) => {
    const on = root.closest("[data-step]")?.dataset.step;
    if (root.isConnected && change.topic === "stage" && root.dataset.follows && root.dataset.follows === on) wind(root, change);
  });
  const tick = setInterval(() => (root.isConnected ? show() : clearInterval(tick)), 1000);
}

// What a change says of the clock: how long this part takes, how much of it is over, whether it stands still.
export function wind(root, { minutes, elapsed, paused, seq }) {
  if (minutes === undefined || minutes === null) return;
  Object.assign(root.dataset, { minutes, elapsed, started: seq });
  root.toggleAttribute("data-paused", Boolean(paused));
  root.dispatchEvent(new Event("wound"));
}
