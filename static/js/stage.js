// The stage: shows the step that is on, follows the facilitator, and loses nothing that was typed.
import { takeAway } from "./cards.js";
import { forgetDraft, hasWords, watchDraft } from "./drafts.js";
import { newId } from "./ids.js";
import { Live } from "./live.js";
import { Mine } from "./mine.js";
import { Outbox } from "./outbox.js";
import { Parts } from "./parts.js";
import { Proposals } from "./proposals.js";
import { Road } from "./road.js";

const LISTED = new Set(["moment", "impact", "indicator", "node"]);
const firstWords = (body) => body.what_happened ?? body.statement ?? body.question_text ?? body.text ?? body.question;

export default async function stage(root) {
  const me = root.dataset.membership;
  const outbox = await Outbox.open(me);
  const mine = new Mine(root.querySelector("[data-mine]"), root);
  const proposals = new Proposals(root, (id) => mine.has(id));
  const road = new Road(root);
  const line = root.querySelector("[data-outbox-line]");
  const say = (name) => {
    line.textContent = name && word(name);
    line.classList.toggle("is-waiting", Boolean(name) && name !== "kept");
  };
  const word = (name) => root.querySelector("template[data-words]").content.querySelector(`[data-word="${name}"]`).textContent;

  for (const item of await outbox.mine()) {
    if (LISTED.has(item.topic)) mine.add(item.id, item.words, item.state);
  }
  if (!outbox.lasts) say("memory");
  else if ((await outbox.others()).length) say("elsewhere");

  outbox.addEventListener("state", ({ detail }) => mine.say(detail.id, detail.state, detail.state === "refused" ? detail.body.title : ""));
  outbox.addEventListener("offline", () => say("offline"));
  outbox.addEventListener("done", () => line.textContent === word("offline") && say(""));

  for (const form of root.querySelectorAll("[data-contribution-form]")) {
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
  }

  async function keep(form, parts) {
    const topic = form.dataset.contributionForm;
    const { csrf_token: _token, ...body } = Object.fromEntries(new FormData(form));
    body.id = newId();
    if (LISTED.has(topic)) mine.add(body.id, firstWords(body), "draft");
    await outbox.keep({ id: body.id, url: form.getAttribute("action"), body, topic, words: firstWords(body) });
    forgetDraft(form, me);
    const audience = form.querySelector('[name="visibility"]:checked')?.value;
    form.reset();
    for (const option of form.querySelectorAll('[name="visibility"]')) option.checked = option.value === audience;
    parts.show(0, false);
    if (topic === "stance") proposals.answered(body.impact_id, body.position);
    if (form.dataset.then) proposals.showHalf(form.dataset.then);
    if (navigator.onLine) say("kept");
  }

  follow(root, new Live({ ...root.dataset, view: "stage" }), { outbox, proposals, road, mine, calm: () => line.classList.contains("is-waiting") || say("") });
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

function follow(root, live, { outbox, proposals, road, mine, calm }) {
  const moved = root.querySelector("[data-moved]");
  const behind = root.querySelector("[data-behind]");
  const isStarted = (step) => [...step.querySelectorAll("form")].some(hasWords);
  const unfinished = () =>
    [...root.querySelectorAll(".stage-step")].find((step) => step.dataset.stepId !== root.dataset.step && isStarted(step));

  function show(stepId) {
    for (const step of root.querySelectorAll(".stage-step")) step.hidden = step.dataset.stepId !== stepId;
    for (const mark of root.querySelectorAll("[data-step-mark]")) mark.hidden = mark.dataset.stepMark !== stepId;
  }

  function move(stepId) {
    root.dataset.step = stepId;
    show(stepId);
    behind.hidden = true;
    moved.hidden = !unfinished();
    scrollTo({ top: 0 });
    calm();
    outbox.flush();
  }

  moved.querySelector("[data-finish]").addEventListener("click", () => {
    show(unfinished()?.dataset.stepId ?? root.dataset.step);
    moved.hidden = true;
    behind.hidden = false;
  });
  behind.querySelector("[data-catch-up]").addEventListener("click", () => move(root.dataset.step));

  live.addEventListener("open", () => outbox.flush());
  live.addEventListener("reload", () => location.reload());
  live.addEventListener("change", ({ detail: change }) => {
    if (change.topic === "stage" && change.workshop_id === root.dataset.workshop) {
      move(change.verb === "closed" ? root.querySelector('[data-kind="close"]').dataset.stepId : change.step_id);
    }
    if (change.gone) {
      takeAway(root, change.subject_id);
      proposals.takeAway(change.subject_id);
      if (change.verb === "withdrawn") mine.remove(change.subject_id);
    }
    if (change.proposal) proposals.arrive(change.subject_id, change.proposal);
    if (change.node) road.arrive(change);
    dispatchEvent(new CustomEvent("cocreate:change", { detail: change }));
  });
  moved.hidden = !unfinished(); // left here before the page was loaded again
  outbox.flush();
}
