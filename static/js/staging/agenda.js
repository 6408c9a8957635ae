// Who leads changed the agenda while the meeting goes on: this page is fetched anew, once nothing is half written.
// Where the others are at a part that this page does not hold, it cannot wait; drafts are on the device.
import { isBegun } from "../steps.js";

const AGAIN = 3000;
const SHOWN_ONCE = ".stage-step:not([hidden]) [data-keepsake]:not([hidden]), dialog[open]"; // eight words that come no second time
const SPREAD = 4000; // thirty tablets do not all ask in the same moment

export function followAgenda({ root, live, steps, place }) {
  let timer = 0;
  const holds = (stepId) => steps.all.some((step) => step.dataset.stepId === stepId);
  const look = async () => {
    const isHalf = steps.all.some(isBegun) && holds(root.dataset.agendaStep ?? root.dataset.step);
    const isBusy = isHalf || document.querySelector(SHOWN_ONCE);
    const there = isBusy ? null : await fetch(location.pathname, { method: "HEAD" }).catch(() => null);
    if (!there?.ok) return void (timer = setTimeout(look, AGAIN));
    place.leave();
    location.reload();
  };
  live.addEventListener("change", (event) => {
    const { topic, verb, workshop_id: workshop, step_id: stepId } = event.detail;
    if (topic !== "stage" || workshop !== root.dataset.workshop) return;
    if (verb === "agenda") timer ||= setTimeout(look, Math.random() * SPREAD);
    if (verb !== "moved" || holds(stepId)) return;
    event.stopImmediatePropagation(); // nothing here can be shown for it
    root.dataset.agendaStep = stepId;
    clearTimeout(timer);
    timer = setTimeout(look, Math.random() * 1000);
  });
}
