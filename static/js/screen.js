// The projector follows the console. It never shows an error: without a connection its last picture stays.
import { place, takeAway } from "./cards.js";
import { Glance, renew } from "./glance.js";
import { arrange, hearGrouped } from "./grouped.js";
import { Growing } from "./growing.js";
import { hearLit } from "./lit.js";
import { Live } from "./live.js";
import { projecting } from "./projecting.js";

const PATIENCE = 4000; // a hiccup is no loss

export default function screen(root) {
  const live = new Live({ ...root.dataset, view: "screen" });
  const [glance, growing] = [new Glance(root), new Growing(root)];
  arrange(root);
  live.addEventListener("passed", () => {
    growing.look();
    glance.look();
  });
  live.addEventListener("reload", () => again(root).then(() => live.resume(root.dataset.seq)));
  live.addEventListener("change", ({ detail: change }) => {
    if (change.topic === "stage" && change.workshop_id === root.dataset.workshop) move(root, change);
    if (change.gone) takeAway(root, change.subject_id);
    if (change.card && change.topic !== "stage") show(root, change);
    hearLit(root, change);
    hearGrouped(root, change);
    growing.hear(change);
    glance.look();
  });
  tellWhenLost(root, live);
  projecting(root);
}

function move(root, change) {
  // The first step opens the doors: the code must appear. Closing takes it away.
  if (["closed", "agenda"].includes(change.verb) || !("open" in root.dataset)) return again(root);
  if (change.verb !== "moved") return;
  root.dataset.step = change.step_id;
  for (const step of root.querySelectorAll(".screen-step")) step.hidden = step.dataset.stepId !== change.step_id;
  dispatchEvent(new CustomEvent("cocreate:moved"));
}

async function again(root) {
  await renew(root);
  arrange(root);
  dispatchEvent(new CustomEvent("cocreate:moved"));
}

function show(root, change) {
  for (const wall of root.querySelectorAll(`[data-wall="${CSS.escape(change.topic)}"]`)) {
    const step = wall.closest("[data-step-id]")?.dataset.stepId;
    if (!change.step_id || change.step_id === step) place(wall, change.subject_id, change.card);
  }
}

function tellWhenLost(root, live) {
  const mark = root.querySelector("[data-lost] > span");
  let later = 0;
  const isLost = () => {
    later ||= setTimeout(() => (mark.hidden = false), PATIENCE);
  };
  live.addEventListener("lost", isLost);
  addEventListener("offline", isLost);
  live.addEventListener("open", () => {
    clearTimeout(later);
    later = 0;
    mark.hidden = true;
  });
}
