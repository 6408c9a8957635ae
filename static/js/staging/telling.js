// What somebody tells at the forms of the stage: kept on the device first, and then the form is empty for a next one.
// Says "told" ({ form, topic, body }) for each.
import { forgetDraft, watchDraft } from "../drafts.js";
import { isStop } from "../drawing.js";
import { chosenIn, filledIn, leaveTicked } from "../filled.js";
import { newId } from "../ids.js";
import { Parts } from "../parts.js";

const LISTED = new Set(["moment", "working_factor", "impact", "indicator", "node", "reply", "commitment"]);
export const isListed = (item) => LISTED.has(item.topic) || isStop(item);
const firstWords = (body) => body.what_happened ?? body.statement ?? body.question_text ?? body.text ?? body.name ?? body.question;

export class Telling extends EventTarget {
  constructor(at) {
    super();
    Object.assign(this, { at, me: at.root.dataset.membership });
    this.hear(at.root);
  }

  // Every form in this part of the page; also in one that came later.
  hear(place) {
    place.querySelectorAll("[data-contribution-form]").forEach((form) => this.#hear(form));
  }

  #hear(form) {
    const { proposals, realism } = this.at;
    const topics = { stance: proposals, realism };
    const parts = new Parts(form);
    watchDraft(form, this.me, { parts, ask: (about) => topics[form.dataset.contributionForm]?.ask(about) });
    let isKeeping = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (isKeeping || complaints(form, parts)) return;
      if (!parts.isLast) return parts.next();
      isKeeping = true; // the second of two taps comes while the first is being kept
      await this.#keep(form, parts).finally(() => (isKeeping = false));
    });
    // A double tap is one answer, and none to the question that comes after it.
    form.addEventListener("click", (event) => {
      if (event.detail > 1 && event.target.closest("[data-go]")) event.preventDefault();
    });
    form.addEventListener("change", () => showChosenAudience(form));
    showChosenAudience(form);
  }

  async #keep(form, parts) {
    const { outbox, mine, refused, scribe, line } = this.at;
    const topic = form.dataset.contributionForm;
    const body = scribe.mark(filledIn(form));
    body.id = (await refused.replaces(form, body)) ?? newId();
    const words = firstWords(body) ?? (body.reason || chosenIn(form));
    if (LISTED.has(topic) || mine.has(body.id)) mine.add(body.id, words, "draft");
    await outbox.keep({ id: body.id, url: form.getAttribute("action"), body, topic, words });
    forgetDraft(form, this.me);
    const audience = form.querySelector('[name="visibility"]:checked')?.value;
    leaveTicked(form);
    form.reset();
    for (const option of form.querySelectorAll('[name="visibility"]')) option.checked = option.value === audience;
    parts.show(0, false);
    this.dispatchEvent(new CustomEvent("told", { detail: { form, topic, body } }));
    if (navigator.onLine) line.say({ ballot: "chosen", mood: "marked" }[topic] ?? "kept");
  }
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
