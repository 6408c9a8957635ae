// What is left of the whole meeting. A part that takes too long moves the end; a pause does too.
export default function remaining(root) {
  const [left, rest, ends] = ["left", "rest", "ends"].map((name) => Number(root.dataset[name]));
  const opened = performance.now();
  const time = new Intl.DateTimeFormat(document.documentElement.lang, {
    timeZone: root.dataset.zone,
    hour: "2-digit",
    minute: "2-digit",
    hourCycle: "h23", // as the server writes it, in English too
  });
  const show = () => {
    const over = (performance.now() - opened) / 1000;
    const isStill = root.dataset.still !== undefined;
    const now = isStill ? left : Math.max(rest, left - over);
    root.querySelector("[data-minutes-left]").textContent = Math.ceil(now / 60);
    root.querySelector("[data-end]").textContent = time.format((ends + (over - (left - now))) * 1000);
  };
  const tick = setInterval(() => (root.isConnected ? show() : clearInterval(tick)), 1000);
}
