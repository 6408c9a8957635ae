// The parts of an agenda in another order: by dragging, or by the buttons, which work without scripts too.
// The server says what it is then: the list is fetched anew, with its clock times.
import { cardFrom } from "./cards.js";
import { post } from "./post.js";

export default function reordering(root) {
  const at = { root, problem: root.querySelector("[data-problem]") };
  root.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-rearrange]")) return;
    event.preventDefault();
    const { action } = event.target;
    const pressed = event.target.querySelector("[data-press]").dataset.press;
    put(at, action, Number(event.target.elements.to.value), () => backTo(root, action, pressed));
  });
  root.addEventListener("pointerdown", (event) => {
    const handle = event.target.closest("[data-handle]");
    if (handle && event.button === 0) drag(at, handle, event);
  });
}

async function put(at, action, to, then = () => {}) {
  const { root, problem } = at;
  if (at.busy) return;
  at.busy = true;
  try {
    const { status, body } = await post(action, { to });
    say(problem, status < 400 ? "" : ((status < 500 && body.title) || root.dataset.words));
    await renew(root);
    then();
  } catch {
    say(problem, root.dataset.words);
    await renew(root).catch(() => {});
  } finally {
    at.busy = false;
  }
}

function say(problem, words) {
  if (words) problem.textContent = words;
  problem.hidden = !words;
}

async function renew(root) {
  const answer = await fetch(`${root.dataset.path}?part=table`);
  if (!answer.ok) throw new TypeError("no table");
  root.querySelector("[data-table]").replaceWith(cardFrom(await answer.text()));
}

// Where the key was: the same button of the same part, or the other one when that is at the end.
function backTo(root, action, pressed) {
  const id = action.split("/").at(-2);
  const buttons = [...root.querySelectorAll(`[data-part="${CSS.escape(id)}"] [data-press]`)].filter((button) => !button.disabled);
  (buttons.find((button) => button.dataset.press === pressed) ?? buttons[0])?.focus();
}

function drag(at, handle, { pointerId }) {
  if (at.busy) return;
  const held = handle.closest("[data-part]");
  const list = held.parentElement;
  const before = held.nextElementSibling;
  const place = () => [...list.children].indexOf(held);
  const from = place();
  handle.setPointerCapture(pointerId);
  held.classList.add("is-held");
  list.classList.add("is-moving");
  const move = ({ clientY }) => {
    const others = [...list.children].filter((other) => other !== held && !other.matches(".is-fixed"));
    const below = others.find((other) => clientY < middle(other));
    slip(held, below ?? null);
  };
  const end = (isKept) => {
    for (const [name, heard] of Object.entries(hears)) handle.removeEventListener(name, heard);
    removeEventListener("keydown", escape);
    held.classList.remove("is-held");
    list.classList.remove("is-moving");
    const to = place();
    if (!isKept) slip(held, before);
    else if (to !== from) put(at, `${at.root.dataset.path}/parts/${held.dataset.part}/place`, to);
  };
  const escape = (event) => event.key === "Escape" && end(false);
  const hears = { pointermove: move, pointerup: () => end(true), pointercancel: () => end(false) };
  for (const [name, heard] of Object.entries(hears)) handle.addEventListener(name, heard);
  addEventListener("keydown", escape);
}

// The others step aside: what the pointer holds must stay in the page, or the browser lets go of it.
function slip(held, below) {
  const isDown = !below || held.compareDocumentPosition(below) & Node.DOCUMENT_POSITION_FOLLOWING;
  while (held.nextElementSibling !== below) {
    if (isDown) held.before(held.nextElementSibling);
    else held.after(held.previousElementSibling);
  }
}

function middle(element) {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
}
