// The walls of the screen, with what belongs together under its heading.
function known(root) {
  return JSON.parse(root.querySelector("[data-groups]")?.dataset.groups ?? "{}");
}

export function hearGrouped(root, change) {
  const isHere = change.topic === "stage" && change.workshop_id === root.dataset.workshop;
  const kept = root.querySelector("[data-groups]");
  if (kept && isHere && change.verb === "grouped") kept.dataset.groups = JSON.stringify({ ...known(root), [change.grouped_topic]: change.groups });
  if ((isHere && change.verb === "grouped") || change.card || change.gone) arrange(root);
}

// Every card to where it belongs; the same card, so that nothing flashes.
export function arrange(root) {
  const found = known(root);
  for (const wall of root.querySelectorAll("[data-wall]")) {
    const groups = found[wall.dataset.wall] ?? [];
    const cards = [...wall.querySelectorAll("[data-subject]")];
    if (!groups.length && !wall.querySelector(".wall-group")) continue;
    const place = new Map(groups.flatMap((group) => group.subjects.map((id) => [id, group.id])));
    const sections = groups.map((group) => section(group, cards));
    const loose = cards.filter((card) => !place.has(card.dataset.subject));
    const filled = sections.filter((each) => each.children.length > 1);
    wall.replaceChildren(...filled, ...(filled.length && loose.length ? [column(loose)] : loose));
    wall.classList.toggle("is-grouped", filled.length > 0);
  }
}

function section({ words, subjects }, cards) {
  const heading = document.createElement("h2");
  const count = document.createElement("b");
  const inside = cards.filter((card) => subjects.includes(card.dataset.subject));
  count.textContent = inside.length;
  heading.append(words, " ", count);
  return column([heading, ...inside]);
}

function column(parts) {
  const made = document.createElement("section");
  made.className = "wall-group";
  made.append(...parts);
  return made;
}
