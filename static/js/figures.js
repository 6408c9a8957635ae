// Says that there are newer figures. Nothing moves by itself while somebody reads.
import { Live } from "./live.js";

export default function figures(root) {
  const live = new Live({ ...root.dataset, view: "library" });
  const notice = root.querySelector("[data-newer]");
  live.addEventListener("change", ({ detail: change }) => {
    if (change.topic === "figures" && change.subject_id === root.dataset.measuring) notice.hidden = false;
  });
  live.addEventListener("reload", () => (notice.hidden = false));
}
