// The library stays up to date while somebody reads it.
import { place, takeAway } from "./cards.js";
import { Live } from "./live.js";

export default function library(root) {
  const live = new Live({ ...root.dataset, view: "library" });
  live.addEventListener("reload", () => location.reload());
  live.addEventListener("change", ({ detail: change }) => {
    if (change.gone) takeAway(root, change.subject_id);
    const wall = root.querySelector(`[data-wall="${CSS.escape(change.topic)}"]`);
    if (wall && change.card) place(wall, change.subject_id, change.card);
    for (const empty of root.querySelectorAll("[data-empty-of]")) {
      const filled = root.querySelector(`[data-wall="${empty.dataset.emptyOf}"]`);
      empty.hidden = Boolean(filled?.children.length);
    }
    dispatchEvent(new CustomEvent("cocreate:change", { detail: change }));
  });
}
