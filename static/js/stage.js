// The stage: shows the step that is on, follows the facilitator, and loses nothing that was typed.
import { takeAway } from "./cards.js";
import { forgetDraft, watchDraft } from "./drafts.js";
import { Drawing, isStop } from "./drawing.js";
import { Factors } from "./factors.js";
import { chosenIn, filledIn, leaveTicked } from "./filled.js";
import { passingOn } from "./heard.js";
import { newId } from "./ids.js";
import { Late } from "./late.js";
import { Live } from "./live.js";
import { Mine } from "./mine.js";
import { Outbox } from "./outbox.js";
import { Parts } from "./parts.js";
import { Proposals } from "./proposals.js";
import { Realism } from "./realism.js";
import { Refused } from "./refused.js";
import { Steps } from "./steps.js";

const LISTED = new Set(["moment", "working_factor", "impact", "indicator", "node"]);
const isListed = (item) => LISTED.has(item.topic) || isStop(item);
const firstWords = (body) => body.what_happened ?? body.statement ?? body.question_text ?? body.text ?? body.name ?? body.question;

export default async function stage(root) {
  const me = root.dataset.membership;
  const passOn = passingOn(root);
  const outbox = await Outbox.open(me);
  const mine = new Mine(root.querySelector("[data-mine]"), root);
  const proposals = new Proposals(root, (id) => mine.has(id));
  const realism = new Realism(root);
  const factors = new Factors(root, outbox);
  const line = root.querySelector("[data-outbox-line]");
  const say = (name) => {
    line.textContent = name && word(name);
    line.classList.toggle("is-waiting", Boolean(name) && name !== "kept" && name !== "chosen");
  };
  const word = (name) => root.querySelector("template[data-words]").content.querySelector(`[data-word="${name}"]`).textContent;

  await mine.follow(outbox, isListed);
  if (!outbox.lasts) say("memory");
  else if ((await outbox.others()).length) say("elsewhere");

  outbox.addEventListener("state", ({ detail: { id, state } }) => {
    if (state === "refused" && mine.has(id)) say("refused");
    else if (line.textContent === word("refused") && !mine.isRefused) say("");
  });
  outbox.addEventListener("offline", () => say("offline"));
  outbox.addEventListener("done", () => line.textContent === word("offline") && say(""));

  const hear = (form) => {
    watchDraft(form, me);
    const parts = new Parts(form);
    let isKeeping = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (isKeeping || complaints(form, parts)) return;
      if (!parts.isLast) return parts.next();
      isKeeping = true; // the second of two taps comes while the first is being kept
      await keep(form, parts).finally(() => (isKeeping = false));
    });
    // A double tap is one answer, and none to the question that comes after it.
    form.addEventListener("click", (event) => {
      if (event.detail > 1 && event.target.closest("[data-go]")) event.preventDefault();
    });
    form.addEventListener("change", () => showChosenAudience(form));
  };
  root.querySelectorAll("[data-contribution-form]").forEach(hear);

  const steps = new Steps(root);
  const refused = new Refused(root, { outbox, mine, steps, proposals, realism });
  new Drawing(root, steps);
  new Late(root, steps, (place) => place.querySelectorAll("[data-contribution-form]").forEach(hear));
  await factors.restore();

  async function keep(form, parts) {
    const topic = form.dataset.contributionForm;
    const body = filledIn(form);
    body.id = (await refused.replaces(form, body)) ?? newId();
    const words = firstWords(body) ?? (body.reason || chosenIn(form));
    if (LISTED.has(topic) || mine.has(body.id)) mine.add(body.id, words, "draft");
    await outbox.keep({ id: body.id, url: form.getAttribute("action"), body, topic, words });
    forgetDraft(form, me);
    const audience = form.querySelector('[name="visibility"]:checked')?.value;
    leaveTicked(form);
    form.reset();
    for (const option of form.querySelectorAll('[name="visibility"]')) option.checked = option.value === audience;
    parts.show(0, false);
    if (topic === "stance") proposals.answered(body.impact_id, body.position);
    if (topic === "realism") realism.answered(body.impact_id);
    factors.told(topic, body);
    if (form.dataset.then) proposals.showHalf(form.dataset.then);
    if (navigator.onLine) say(topic === "ballot" ? "chosen" : "kept");
  }

  steps.addEventListener("move", () => {
    if (!line.classList.contains("is-waiting") || (line.textContent === word("refused") && !mine.isRefused)) say("");
    outbox.flush();
  });
  follow(root, new Live({ ...root.dataset, view: "stage" }), { outbox, proposals, realism, passOn, mine, steps });
}

// Nothing half filled in is sent, and the first thing that is missing gets the focus.
function complaints(form, parts) {
  const scope = parts.all[parts.now] ?? form;
  const missing = [...scope.querySelectorAll("[data-error-for]")].filter((problem) => {
    const name = problem.dataset.errorFor;
    const filled = new FormData(form).get(name)?.trim();
    const isNeeded = problem.dataset.needed !== undefined;
    problem.hidden = Boolean(filled) || !isNeeded;
    if (!problem.hidden) problem.textContent = problem.dataset.needed;
    return !problem.hidden;
  });
  const field = missing[0] && form.querySelector(`[name="${CSS.escape(missing[0].dataset.errorFor)}"]`);
  field?.focus();
  return missing.length > 0;
}

function showChosenAudience(form) {
  const chosen = form.querySelector('[name="visibility"]:checked');
  const place = form.querySelector("[data-chosen]");
  if (chosen && place) place.textContent = form.querySelector(`label[for="${chosen.id}"] span`).textContent;
}

function follow(root, live, { outbox, proposals, realism, passOn, mine, steps }) {
  live.addEventListener("open", () => outbox.flush());
  live.addEventListener("reload", () => location.reload());
  live.addEventListener("change", ({ detail: change }) => {
    if (change.topic === "stage" && change.workshop_id === root.dataset.workshop) {
      if (change.verb === "closed") steps.close();
      else steps.move(change.step_id);
    }
    if (change.gone) {
      takeAway(root, change.subject_id);
      proposals.takeAway(change.subject_id);
      realism.takeAway(change.subject_id);
      if (change.verb === "withdrawn") mine.remove(change.subject_id);
    }
    if (change.proposal) for (const one of [proposals, realism]) one.arrive(change.subject_id, change.proposal);
    passOn(change);
  });
  outbox.flush();
}
