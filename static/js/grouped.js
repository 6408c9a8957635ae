// The walls of the screen, with what belongs together under its heading.
const pages = new WeakMap(); // by what a page came with: the groups of each kind of thing

function known(root) {
  const told = root.querySelector("[data-groups]") ?? root;
  if (!pages.has(told)) pages.set(told, told === root ? {} : JSON.parse(told.textContent));
  return pages.get(told);
}

export function hearGrouped(root, change) {
  const isHere = change.topic === "stage" && change.workshop_id === root.dataset.workshop;
  if (isHere && change.verb === "grouped") known(root)[change.grouped_topic] = change.groups;
  if ((isHere && change.verb === "grouped") || change.card || change.gone) arrange(root);
}

// Every card to where it belongs; the same card, so that nothing flashes.
export function arrange(root) {
  for (const wall of root.querySelectorAll("[data-wall]")) {
    const groups = known(root)[wall.dataset.wall] ?? [];
    const cards = [...wall.querySelectorAll("[data-subject]")];
    if (!groups.length && !wall.querySelector(".wall-group")) continue;
    const place = new Map(groups.flatMap((group) => group.subjects.map((id) => [id, group.id])));
    const sections = groups.map((group) => section(group, cards));
    const loose = cards.filter((card) => !place.has(card.dataset.subject));
    const rest = groups.length && loose.length ? [beside(loose)] : loose;
    wall.replaceChildren(...sections.filter((each) => each.children.length > 1), ...rest);
    wall.classList.toggle("is-grouped", groups.length > 0);
  }
}

// What stands under no heading, together.
function beside(cards) {
  const made = document.createElement("section");
  made.className = "wall-loose";
  made.append(...cards);
  return made;
}

function section({ words, subjects }, cards) {
  const made = document.createElement("section");
  made.className = "wall-group";
  const heading = document.createElement("h2");
  const count = document.createElement("b");
  const inside = cards.filter((card) => subjects.includes(card.dataset.subject));
  count.textContent = inside.length;
  heading.append(words, " ", count);
  made.append(heading, ...inside);
  return made;
}
