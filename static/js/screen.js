// The projector follows the console.
import { place, takeAway } from "./cards.js";
import { Chosen } from "./chosen.js";
import { Growing } from "./growing.js";
import { Live } from "./live.js";

export default function screen(root) {
  const minutes = JSON.parse(root.querySelector("[data-minutes-of]").textContent);
  const live = new Live({ ...root.dataset, view: "screen" });
  const growing = new Growing(root);
  const chosen = new Chosen(root);
  live.addEventListener("passed", () => growing.look());
  live.addEventListener("reload", () => location.reload());
  live.addEventListener("change", ({ detail: change }) => {
    if (change.topic === "stage" && change.workshop_id === root.dataset.workshop) move(root, change, minutes);
    if (change.topic === "room" && change.verb === "arrived") countOneMore(root);
    if (change.gone) takeAway(root, change.subject_id);
    const wall = root.querySelector(`[data-wall="${CSS.escape(change.topic)}"]`);
    if (wall && change.card) place(wall, change.subject_id, change.card);
    growing.hear(change);
    chosen.hear(change);
  });
}

function move(root, change, minutes) {
  // The first step opens the doors: the code must appear. Closing takes it away.
  if (change.verb === "closed" || !root.querySelector("[data-clock]")) return location.reload();
  for (const step of root.querySelectorAll(".screen-step")) step.hidden = step.dataset.stepId !== change.step_id;
  const clock = root.querySelector("[data-clock]");
  clock.dataset.minutes = minutes[change.step_id];
  clock.dataset.started = new Date().toISOString();
  dispatchEvent(new CustomEvent("cocreate:moved"));
}

function countOneMore(root) {
  const here = root.querySelector("[data-here]");
  here.textContent = Number(here.textContent) + 1;
}
