// The stage follows the facilitator, and hears what others tell.
import { takeAway } from "../cards.js";
import { passingOn } from "../heard.js";
import { forgetStage } from "../offline.js";

export function follow({ root, live, outbox, proposals, realism, mine, noticed, steps, place }) {
  const passOn = passingOn(root);
  live.addEventListener("open", () => outbox.flush());
  live.addEventListener("reload", () => {
    place.leave();
    location.reload();
  });
  live.addEventListener("change", ({ detail: change }) => {
    if (change.topic === "stage" && change.workshop_id === root.dataset.workshop) {
      if (change.verb === "closed") {
        steps.close();
        forgetStage(); // the meeting is over, and the tablet goes back into its box
      } else if (change.verb === "moved") steps.move(change.step_id);
    }
    if (change.gone) {
      takeAway(root, change.subject_id);
      proposals.takeAway(change.subject_id);
      realism.takeAway(change.subject_id);
      if (change.verb === "withdrawn") mine.remove(change.subject_id);
    }
    if (change.proposal) for (const one of [proposals, realism]) one.arrive(change.subject_id, change.proposal);
    noticed.hear(change);
    passOn(change);
  });
  outbox.flush();
}
