// A ballot on a page between meetings: kept on the device first, so that bad wifi loses no choice.
import { filledIn, chosenIn, leaveTicked } from "./filled.js";
import { cardFrom } from "./cards.js";
import { newId } from "./ids.js";
import { Outbox } from "./outbox.js";

export default async function ballot(form) {
  const outbox = await Outbox.open(form.dataset.membership);
  const line = form.querySelector("[data-ballot-line]");
  const say = (state) => line.replaceChildren(form.querySelector(`template[data-state="${state}"]`).content.firstElementChild.cloneNode(true));
  outbox.addEventListener("state", ({ detail: { state, item } }) => {
    if (item.topic !== "ballot") return;
    say(state);
    if (state === "kept") countAgain().catch(() => {});
  });
  outbox.addEventListener("offline", () => line.firstElementChild && say("here"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { back: _back, ...body } = filledIn(form);
    const problem = form.querySelector('[data-error-for="approved"]');
    problem.hidden = body.approved.length > 0;
    problem.textContent = problem.dataset.needed;
    if (!problem.hidden) return form.querySelector('[name="approved"]').focus();
    body.id = newId();
    leaveTicked(form);
    await outbox.keep({ id: body.id, url: form.getAttribute("action"), body, topic: "ballot", words: chosenIn(form) });
  });
  outbox.flush();
}

// How many have chosen, with this choice among them.
async function countAgain() {
  const answer = await fetch(location.pathname);
  const fresh = cardFrom(`<div>${await answer.text()}</div>`).querySelector("[data-turnout]");
  if (fresh) document.querySelector("[data-turnout]").replaceWith(fresh);
}
