// Says in passing that somebody here is still writing, so that who leads can wait. Not what, and not who:
// this page has a name of its own, made up anew each time.
import { hasWords } from "./drafts.js";
import { newId } from "./ids.js";
import { post } from "./post.js";

const AGAIN = 8000; // milliseconds; the console forgets after twenty seconds

export default function writing(place) {
  const stage = place.closest("[data-workshop]");
  const who = newId();
  let told = false;
  let at = -AGAIN;

  const isWriting = () =>
    [...stage.querySelectorAll(".stage-step:not([hidden]) form")].some((form) => form.dataset.contributionForm && hasWords(form));
  const tell = () => {
    if (!place.isConnected) return; // who sat here went; the console forgets by itself
    const now = isWriting();
    if (now === told && (!now || performance.now() - at < AGAIN)) return;
    [told, at] = [now, performance.now()];
    post(`/workshops/${stage.dataset.workshop}/writing`, { who, is_writing: now }).catch(() => {});
  };
  stage.addEventListener("input", tell);
  for (const name of ["submit", "reset", "click"]) stage.addEventListener(name, () => setTimeout(tell, 300));
}
