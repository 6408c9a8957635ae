// What suits who holds this tablet now: larger letters, kept on this device alone, and another language at any time.
import { fill, read } from "./drafts.js";

const KEY = "cocreate-type";
const HELD = "cocreate-held"; // of a form that nobody sent yet, only while the page comes anew
const root = document.documentElement;

function kept() {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return root.dataset.type ?? "";
  }
}

function choose(size) {
  root.dataset.type = size;
  try {
    if (size) localStorage.setItem(KEY, size);
    else localStorage.removeItem(KEY);
  } catch {
    // Then it holds for this page.
  }
}

export default function tablet(menu) {
  const buttons = [...menu.querySelectorAll("[data-size]")];
  const show = () => buttons.forEach((each) => each.setAttribute("aria-pressed", String(each.dataset.size === kept())));
  root.dataset.type = kept();
  show();
  for (const button of buttons) {
    button.addEventListener("click", () => {
      choose(button.dataset.size);
      show();
    });
  }
  // It opens over the page, and lets go when somebody touches something else.
  document.addEventListener("pointerdown", ({ target }) => menu.contains(target) || (menu.open = false));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  menu.addEventListener("click", ({ target }) => target.closest("[data-closes]") && (menu.open = false));
  const held = document.querySelector("form[data-held]");
  if (held) hold(held);
  const form = document.querySelector("form.language");
  form?.addEventListener("submit", (event) => speak(form, event, menu.querySelector("[data-no-language]")));
}

function hold(form) {
  try {
    fill(form, JSON.parse(sessionStorage.getItem(HELD) ?? "{}"));
    sessionStorage.removeItem(HELD);
    addEventListener("cocreate:leaving", () => sessionStorage.setItem(HELD, JSON.stringify(read(form))));
  } catch {
    // Then it is filled in again.
  }
}

// Asked for first, so that a tablet without wifi keeps its page. Then the page comes anew, and everything is where it was.
async function speak(form, event, problem) {
  event.preventDefault();
  const body = new URLSearchParams(new FormData(form, event.submitter));
  body.delete("next");
  const language = event.submitter.value;
  try {
    const answer = await fetch(form.action, { method: "POST", body, redirect: "manual" });
    if (answer.type !== "opaqueredirect") throw new TypeError(`no other language: ${answer.status}`);
    if (language !== root.lang) {
      dispatchEvent(new Event("cocreate:leaving"));
      location.replace(location.pathname);
    }
  } catch {
    problem.hidden = false;
  }
}
