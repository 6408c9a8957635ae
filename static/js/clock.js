// Time left. The server says how long ago the step began; this device only counts on from there,
// because its own clock may be wrong by a year.
export default function clock(root) {
  const timer = root.querySelector(".timer");
  const bar = root.querySelector("progress");
  const opened = performance.now();
  let started = root.dataset.started;
  let from = opened - Number(root.dataset.elapsed || 0) * 1000;
  const show = () => {
    if (root.dataset.started !== started) {
      started = root.dataset.started;
      from = performance.now();
    }
    const total = Number(root.dataset.minutes) * 60;
    const used = Math.max(0, (performance.now() - from) / 1000);
    const left = Math.round(total - used);
    const sign = left < 0 ? "+" : "";
    const seconds = Math.abs(left);
    timer.textContent = `${sign}${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    timer.classList.toggle("is-over", left < 0);
    if (bar) {
      bar.max = total;
      bar.value = Math.min(used, total);
    }
  };
  show();
  const tick = setInterval(() => (root.isConnected ? show() : clearInterval(tick)), 1000);
}
