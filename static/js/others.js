// What somebody else told on this tablet goes along by itself, with the proof that it came from this tablet.
import { isNoAnswer, post, refusal } from "./post.js";

// The stage of a meeting gives each person a proof: with it, things can be kept for them in that meeting, and no more.
export function proofOf({ body, proof }) {
  const stage = document.querySelector("[data-proof]")?.dataset;
  return proof ?? (stage && body.workshop_id === stage.workshop ? stage.proof : undefined);
}

// As it goes to the server, or into a file.
export const handedOver = ({ membership, proof, url, body }) => ({ membership, proof, url, body });

// What was refused while its maker was not signed in any more is worth a try; what depends on a map as it stood is not.
const canGo = ({ proof, state, once, wasSent }) => proof && !wasSent && !(once && state === "refused");

// Gives false when the server could not be reached. What is refused waits until its maker is back; who
// sits here now may have nothing to do with that meeting, and then it waits for somebody who has.
export async function goAlong(items, store) {
  for (const item of items.filter(canGo)) {
    const answer = await post(`/workshops/${item.body.workshop_id}/handed-over`, handedOver(item)).catch(() => null);
    if (isNoAnswer(answer)) return false;
    if (answer.status >= 200 && answer.status < 300) await store.remove(item.id);
    else if (answer.status !== 404 && (await store.get(item.id))) await store.put({ ...item, wasSent: true, state: "refused", ...refusal(answer.body) });
  }
  return true;
}
