// A round on a tablet: one question at a time, each answer kept on the device first, then sent.
import { AnswerList } from "./answers.js";
import { forgetDraft, watchDraft } from "./drafts.js";
import { newId } from "./ids.js";
import { Outbox } from "./outbox.js";

export default async function answering(root) {
  const me = root.dataset.membership;
  const outbox = await Outbox.open(me);
  const questions = [...root.querySelectorAll("[data-item]")];
  const done = root.querySelector("[data-done]");
  const word = (name) =>
    root.querySelector("template[data-answer-words]").content.querySelector(`[data-word="${name}"]`).textContent;
  const list = new AnswerList(root, outbox, (item, problem) => complain(questionOf(item), problem));
  const questionOf = (item) => questions.find((each) => each.dataset.item === item);

  const show = (place) => {
    questions.forEach((each, at) => (each.hidden = at !== place));
    done.hidden = place < questions.length;
    const heading = (questions[place] ?? done).querySelector(".question");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    heading.scrollIntoView({ block: "nearest" });
  };
  // The next one that is not answered, from here on and then from the start; else the thanks.
  const next = (place) => {
    const open = (each) => !list.isAnswered(each.dataset.item);
    const after = questions.findIndex((each, at) => at > place && open(each));
    const any = after < 0 ? questions.findIndex(open) : after;
    show(any < 0 ? questions.length : any);
  };

  await list.restore();
  tellOfTheLine(outbox);
  const shown = questions.findIndex((each) => !each.hidden);
  const asked = new URLSearchParams(location.search).has("item");
  if (shown >= 0 && !asked && list.isAnswered(questions[shown].dataset.item)) next(shown - 1);

  root.addEventListener("click", (event) => {
    if (event.detail > 1 && event.target.closest("[data-go], .skips button")) event.preventDefault(); // a double tap is one answer
    const link = event.target.closest("[data-to]");
    if (!link || !questions.length) return;
    event.preventDefault();
    show(Number(link.dataset.to));
  });
  root.addEventListener("change", ({ target }) => {
    if (target.name !== "is_by_helper") return;
    for (const each of root.querySelectorAll('[name="is_by_helper"]')) each.checked = target.checked;
  });

  questions.forEach((section, place) => {
    const form = section.querySelector("form");
    watchDraft(form, me);
    let isKeeping = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const skipped = event.submitter?.name === "missing" ? event.submitter : null;
      const problem = skipped ? "" : lacking(form);
      complain(section, problem && word(problem));
      if (isKeeping || problem) return;
      isKeeping = true; // the second of two taps comes while the first is being kept
      await keep(form, section.dataset.item, skipped).finally(() => (isKeeping = false));
      next(place);
    });
  });

  async function keep(form, item, skipped) {
    const { csrf_token: _token, back: _back, ...body } = Object.fromEntries(new FormData(form));
    if (skipped) Object.assign(body, { missing: skipped.value, value: "", have: "", wish: "" });
    body.id = newId();
    const words = skipped ? skipped.textContent.trim() : wordsOf(form);
    await list.replace(item);
    await outbox.keep({ id: body.id, url: form.getAttribute("action"), body, topic: "answer", words });
    forgetDraft(form, me);
    const helped = form.elements.is_by_helper.checked;
    form.reset();
    form.elements.is_by_helper.checked = helped;
  }
}

// What is still missing before this can be kept; nothing when it can.
function lacking(form) {
  const data = new FormData(form);
  const names = form.querySelector('[name="have"]') ? ["have", "wish"] : ["value"];
  const empty = names.filter((name) => !data.get(name)?.trim());
  if (empty.length) return empty.length < names.length ? "both" : "needed";
  const fits = [...form.querySelectorAll("[data-behavior=counting]")].every((place) => {
    const typed = place.querySelector("input").value.trim();
    return /^\d+$/.test(typed) && Number(typed) >= place.dataset.lowest && Number(typed) <= place.dataset.highest;
  });
  return fits ? "" : "number";
}

function complain(section, problem) {
  const place = section?.querySelector("[data-answer-error]");
  if (!place) return;
  place.textContent = problem;
  place.hidden = !problem;
  if (problem && !section.hidden) section.querySelector(".put-question input, .put-question textarea")?.focus();
}

// As it is read back: the words of what was chosen, or what was typed.
function wordsOf(form) {
  const chosen = [...form.querySelectorAll('.put-question input[type="radio"]:checked')];
  const typed = [...form.querySelectorAll(".put-question textarea, .put-question .count")];
  const unit = form.querySelector(".unit")?.textContent ?? "";
  return [
    ...chosen.map((field) => field.labels[0].textContent.trim()),
    ...typed.map((field) => `${field.value.trim()} ${unit}`.trim()),
  ].join(" → ");
}

// The stage has a line of its own for this.
function tellOfTheLine(outbox) {
  const line = document.querySelector("[data-answer-line]");
  if (!line) return;
  const words = document.querySelector("template[data-line-words]").content;
  const say = (name) => (line.textContent = name && words.querySelector(`[data-word="${name}"]`).textContent);
  if (!outbox.lasts) say("memory");
  else outbox.others().then((others) => others.length && say("elsewhere"));
  outbox.addEventListener("offline", () => say("offline"));
  outbox.addEventListener("done", () => outbox.lasts && say(""));
  outbox.flush();
}
