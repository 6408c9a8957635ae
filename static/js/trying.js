// How long somebody needs for a question: from when it is first in sight until the last thing they choose.
// Only the seconds go along; what they choose stays here.
const MOST = 600; // whoever went for coffee does not count

export default function trying(root) {
  const field = document.querySelector("[data-seconds]");
  if (!field || !("IntersectionObserver" in window)) return;
  let begun = null;
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    begun = performance.now();
    watch.disconnect();
  });
  watch.observe(root.querySelector(".question") ?? root);
  const count = () => {
    if (begun === null) return;
    const seconds = Math.max(1, Math.round((performance.now() - begun) / 1000));
    field.value = seconds <= MOST ? seconds : "";
  };
  root.addEventListener("input", count);
  root.addEventListener("change", count);
}
