// The stream: a page that listens already passes on what it hears, because one stream for each page is enough.
import { cardFrom } from "../cards.js";
import { Live } from "../live.js";

export function listen(bench) {
  const { root, operations } = bench;
  const isOurs = (change) => change.trajectory_id === root.dataset.trajectory || (change.gone && bench.model.nodes.has(change.subject_id));
  // What changes inside a folded thread stays folded.
  const isFolded = ({ subject_id: id, node }) => node?.folded_in && bench.picture.isFolded && !bench.model.nodes.has(id);
  // What is shown because its thread was opened stands beside its head here, until a hand puts it somewhere.
  const where = (change) => {
    const { beside } = bench.model.nodes.get(change.subject_id) ?? {};
    if (!beside || !change.node || change.node.pinned) return change;
    return { ...change, node: { ...change.node, x: beside[0], y: beside[1] } };
  };
  const hear = (change) => {
    if (change.redraw && change.trajectory_id === root.dataset.trajectory) lookAgain(bench);
    if ((change.topic === "node" || change.topic === "edge") && isOurs(change) && !isFolded(change)) {
      operations.arrive(where(change));
      if (change.refers) lookUp(bench, change.subject_id);
    } else operations.passed(change.seq);
  };
  addEventListener("cocreate:whisper", ({ detail }) => bench.presence.hear(detail));
  if (root.parentElement.closest("[data-behavior=stage], [data-behavior=library]")) {
    addEventListener("cocreate:change", ({ detail }) => hear(detail));
    root.dataset.listens = "true";
    bench.tell("map:listens", { hear });
    return;
  }
  const live = new Live({ ...root.dataset, view: root.dataset.view });
  live.addEventListener("change", ({ detail }) => hear(detail));
  live.addEventListener("open", () => operations.outbox.flush());
  live.addEventListener("reload", () => location.reload());
}

let looking = 0;

// More has moved than one thing: the map as the server draws it now. Many calls at once need one look.
function lookAgain(bench) {
  clearTimeout(looking);
  looking = setTimeout(() => read(bench).catch(() => {}), 200 + Math.random() * 400);
}

// What a stop has to do with is not everybody's to see, so that each page asks for itself.
async function lookUp({ address, operations }, id) {
  const answer = await fetch(`${address}/nodes/${id}/references`).catch(() => null);
  if (answer?.ok) operations.refers(id, await answer.json());
}

// With the same threads opened as here.
async function read(bench) {
  const opened = new URLSearchParams(location.search).getAll("open").map((id) => ["open", id]);
  const answer = await fetch(opened.length ? `${bench.address}?${new URLSearchParams(opened)}` : bench.address);
  if (!answer.ok) return;
  const page = cardFrom(`<div>${await answer.text()}</div>`);
  const fresh = page.querySelector("[data-behavior=workbench]");
  if (fresh) bench.replace(fresh);
}
