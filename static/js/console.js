// The console: steering without leaving the page, and what arrives, live.
import { attach } from "./behaviors.js";
import { cardFrom, place, takeAway } from "./cards.js";
import { Live } from "./live.js";
import { post } from "./post.js";

const WALL = new Set(["moment", "working_factor", "impact", "indicator", "node"]);

export default function console_(root) {
  const live = new Live({ ...root.dataset, view: "console" });
  live.addEventListener("reload", () => location.reload());
  live.addEventListener("change", ({ detail: change }) => arrive(root, change));
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
    const { status } = await post(form.action, body);
    problem.hidden = status < 500;
    await refresh(root);
  } catch {
    problem.hidden = false;
  } finally {
    delete form.dataset.sending;
  }
}

let asked = null;

// Several changes at once need one look.
function refresh(root) {
  asked ??= new Promise((resolve) => setTimeout(resolve, 150)).then(async () => {
    asked = null;
    const answer = await fetch(`/workshops/${root.dataset.workshop}/console?part=panel`);
    if (!answer.ok) return;
    const fresh = cardFrom(`<div>${await answer.text()}</div>`);
    for (const part of fresh.querySelectorAll("[data-panel]")) {
      const now = root.querySelector(`[data-panel="${part.dataset.panel}"]`);
      const focused = now.contains(document.activeElement) && document.activeElement;
      now.replaceWith(part);
      if (focused) (part.querySelector(focused.matches(".quiet") ? ".quiet" : ".primary") ?? part.querySelector("button, a"))?.focus();
    }
    await attach(root);
  });
  return asked;
}

function arrive(root, change) {
  const isHere = change.workshop_id === root.dataset.workshop;
  if (change.topic === "stage" || change.topic === "room") {
    if (isHere) refresh(root);
    return;
  }
  if (change.gone) takeAway(root, change.subject_id);
  else if (isHere && change.card && WALL.has(change.topic)) {
    place(root.querySelector("[data-wall]"), change.subject_id, change.card);
  }
  const wall = root.querySelector("[data-wall]");
  root.querySelector("[data-count]").textContent = wall.children.length;
  root.querySelector("[data-empty]").hidden = wall.children.length > 0;
}
