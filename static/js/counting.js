// One fewer, one more: only once there is a number, because nothing is chosen beforehand.
export default function counting(root) {
  const field = root.querySelector("input");
  const fewer = root.querySelector("[data-fewer]");
  const more = root.querySelector("[data-more]");
  const [lowest, highest] = [Number(root.dataset.lowest), Number(root.dataset.highest)];
  const now = () => (/^\d+$/.test(field.value.trim()) ? Number(field.value) : null);

  const show = () => {
    const number = now();
    fewer.disabled = number === null || number <= lowest;
    more.disabled = number === null || number >= highest;
  };
  const step = (by) => {
    field.value = Math.min(highest, Math.max(lowest, now() + by));
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  fewer.addEventListener("click", () => step(-1));
  more.addEventListener("click", () => step(1));
  field.addEventListener("input", show);
  field.form?.addEventListener("reset", () => setTimeout(show));
  fewer.hidden = more.hidden = false;
  show();
}
