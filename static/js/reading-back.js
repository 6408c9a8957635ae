// What was heard, one sentence at a time: the first that I did not answer, then the next.
export default function readingBack(root) {
  const all = [...root.querySelectorAll("[data-summary]")];
  const done = root.querySelector("[data-all-read]");
  const again = root.querySelector("[data-read-again]");
  const show = (focus) => {
    const now = all.find((each) => !("answered" in each.dataset));
    for (const each of all) each.hidden = each !== now;
    done.hidden = Boolean(now);
    if (again) again.hidden = false;
    if (focus) (now?.querySelector("input") ?? again)?.focus();
  };
  root.addEventListener("reset", ({ target }) => {
    target.closest("[data-summary]").dataset.answered = "";
    show(true);
  });
  again?.addEventListener("click", () => {
    for (const each of all) delete each.dataset.answered;
    show(true);
  });
  show(false);
}
