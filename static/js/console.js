// The console: steering without leaving the page, and what arrives, live.
import { Arriving } from "./arriving.js";
import { attach } from "./behaviors.js";
import { cardFrom } from "./cards.js";
import { Live } from "./live.js";
import { post } from "./post.js";
import { lifted } from "./pressing.js";

export default function console_(root) {
  const arriving = new Arriving(root);
  const live = new Live({ ...root.dataset, view: "console" });
  live.addEventListener("reload", () => location.reload());
  live.addEventListener("change", ({ detail: change }) => arrive(root, arriving, change));
  // Also what was not for these eyes may change how many there are.
  live.addEventListener("passed", () => looks(root) && refresh(root));
  live.addEventListener("change", ({ detail }) => dispatchEvent(new CustomEvent("cocreate:change", { detail })));
  // The room goes on without this laptop; when it is back it catches up by itself.
  const lost = root.querySelector("[data-lost]");
  live.addEventListener("lost", () => (lost.hidden = false));
  live.addEventListener("open", () => {
    if (!lost.hidden) refresh(root);
    lost.hidden = true;
  });
  root.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-steer]")) return;
    event.preventDefault();
    steer(root, event.target);
  });
}

async function steer(root, form) {
  if (form.dataset.sending) return; // not disabled: that would take the focus away from who steers with keys
  const problem = root.querySelector("[data-steer-problem]");
  const { csrf_token: _token, ...body } = Object.fromEntries(new FormData(form));
  form.dataset.sending = "true";
  try {
    const { status, body: told } = await post(form.action, body);
    if (status < 400) form.reset();
    say(problem, status < 400 ? "" : ((status < 500 && told.title) || problem.dataset.words));
    await refresh(root);
  } catch {
    say(problem, problem.dataset.words);
  } finally {
    delete form.dataset.sending;
  }
}

function say(problem, words) {
  if (words) problem.textContent = words;
  problem.hidden = !words;
}

let asked = null;
let looked = 0;
let drawn = 0;

// Several changes at once need one look. An answer that a later look overtook would put back how it was.
function refresh(root) {
  asked ??= new Promise((resolve) => setTimeout(resolve, 150)).then(async () => {
    asked = null;
    const look = ++looked;
    const answer = await fetch(`/workshops/${root.dataset.workshop}/console?part=panel`).catch(() => null);
    if (!answer?.ok) return; // the next change looks again
    const words = await answer.text();
    await lifted();
    if (look < drawn) return;
    drawn = look;
    const fresh = cardFrom(`<div>${words}</div>`);
    for (const part of fresh.querySelectorAll("[data-panel]")) {
      const now = root.querySelector(`[data-panel="${part.dataset.panel}"]`);
      const focused = now.contains(document.activeElement) && document.activeElement;
      for (const open of now.querySelectorAll("details[open][data-keep]")) {
        part.querySelector(`[data-keep="${open.dataset.keep}"]`)?.setAttribute("open", "");
      }
      keepWords(now, part);
      now.replaceWith(part);
      if (focused) sameIn(part, focused)?.focus();
    }
    await attach(root);
  });
  return asked;
}

// What who leads is typing stays, whatever arrives meanwhile.
function keepWords(now, part) {
  for (const field of now.querySelectorAll("textarea[id]")) {
    const fresh = part.querySelector(`#${CSS.escape(field.id)}`);
    if (fresh) fresh.value = field.value;
  }
}

// Where the finger or the key was: the same button, else its neighbour. What cannot be undone is nobody's neighbour:
// after the last part the primary one asks whether to close, and does not close.
function sameIn(part, focused) {
  if (focused.id) return part.querySelector(`#${CSS.escape(focused.id)}`);
  const { press } = focused.dataset;
  const same = press && (part.querySelector(`[data-press="${press}"]`) ?? part.querySelector(`[data-press^="${press.split("/")[0]}"]`));
  return same ?? part.querySelector(focused.matches(".quiet") ? ".quiet" : ".primary") ?? part.querySelector("button, a, summary");
}

// Whether what is on stage shows there how people answer.
const looks = (root) => root.querySelector("[data-looks]") !== null;

function arrive(root, arriving, change) {
  const isHere = change.workshop_id === root.dataset.workshop;
  if (isHere && (["stage", "room", "workshop"].includes(change.topic) || looks(root))) refresh(root);
  arriving.hear(change);
}
