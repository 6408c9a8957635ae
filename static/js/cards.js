// Cards come rendered and escaped from our own server; the policy lets in nothing else.
// Of scripts only the worker's address passes.
export const policy = globalThis.trustedTypes?.createPolicy("cocreate", {
  createHTML: (html) => html,
  createScriptURL: (address) => (address === "/worker.js" ? address : ""),
});

export function cardFrom(html) {
  const template = document.createElement("template");
  template.innerHTML = policy ? policy.createHTML(html) : html;
  return template.content.firstElementChild;
}

// Puts a card where its older self stands, else in front. Gives true when it is new.
export function place(wall, id, html) {
  const card = cardFrom(html);
  const older = wall.querySelector(`[data-subject="${CSS.escape(id)}"]`);
  if (older) {
    older.replaceWith(card);
    return false;
  }
  card.classList.add("is-new");
  wall.prepend(card);
  return true;
}

export function takeAway(root, id) {
  for (const element of root.querySelectorAll(`[data-subject="${CSS.escape(id)}"]`)) {
    // What hangs on a stop in an outline was told by others, and stays.
    const others = element.matches(".outline li") ? element.querySelectorAll(":scope > ul > li") : [];
    element.replaceWith(...others);
  }
}
