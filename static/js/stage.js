// The stage: shows the step that is on, follows the facilitator, and loses nothing that was typed.
// Each of its parts stands in a module of its own and gets `at`: what the others are.
import { Drawing } from "./drawing.js";
import { Factors } from "./factors.js";
import { Late } from "./late.js";
import { Live } from "./live.js";
import { Mine } from "./mine.js";
import { Noticed } from "./noticed.js";
import { openOffline } from "./offline.js";
import { Outbox } from "./outbox.js";
import { Proposals } from "./proposals.js";
import { Realism } from "./realism.js";
import { Refused } from "./refused.js";
import { followAgenda } from "./staging/agenda.js";
import { Alone } from "./staging/alone.js";
import { follow } from "./staging/following.js";
import { Scribe } from "./staging/scribe.js";
import { Leaving } from "./staging/leaving.js";
import { Limits } from "./staging/limits.js";
import { Line } from "./staging/line.js";
import { Place } from "./staging/place.js";
import { isListed, Telling } from "./staging/telling.js";
import { Steps } from "./steps.js";

export default async function stage(root) {
  const at = { root, outbox: await Outbox.open(root.dataset.membership) };
  at.mine = new Mine(root.querySelector("[data-mine]"), root);
  at.line = new Line(root);
  at.scribe = new Scribe(root);
  at.leaving = new Leaving(at);
  if (at.leaving.isGone) return; // whoever sat here went; nothing of theirs is shown
  at.proposals = new Proposals(root, (id) => at.mine.has(id));
  at.realism = new Realism(root);
  at.factors = new Factors(root, at.outbox, at.scribe);

  await at.mine.follow(at.outbox, isListed);
  await at.line.follow(at.outbox, at.mine);

  at.telling = new Telling(at);
  at.limits = new Limits(at);
  at.steps = new Steps(root);
  at.steps.addEventListener("show", () => at.proposals.settle());
  at.refused = new Refused(root, at);
  new Drawing(root, at.steps);
  new Late(root, at.steps, (place) => {
    at.telling.hear(place);
    at.scribe.show();
  });
  await at.factors.restore();
  at.place = new Place(at);

  at.telling.addEventListener("told", ({ detail: { form, topic, body } }) => {
    if (topic === "stance") at.proposals.answered(body.impact_id, body.position);
    if (topic === "realism") at.realism.answered(body.impact_id);
    at.factors.told(topic, body);
    if (form.dataset.then) at.proposals.showHalf(form.dataset.then);
  });
  at.noticed = new Noticed(root, at.mine);
  at.steps.addEventListener("move", () => {
    at.line.rest(at.mine);
    at.outbox.flush();
  });
  at.live = new Live({ ...root.dataset, view: "stage" });
  new Alone(at);
  followAgenda(at);
  follow(at);
  if (!("closed" in root.dataset)) openOffline();
}
