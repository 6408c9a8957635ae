// The stream: a page that listens already passes on what it hears, because one stream for each page is enough.
import { Live } from "../live.js";
import { dropWords, lookUp } from "./references.js";
import { Rereading } from "./rereading.js";

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
    rereading.heard(change);
    if (change.redraw && change.trajectory_id === root.dataset.trajectory) rereading.look();
    if ((change.topic === "node" || change.topic === "edge") && isOurs(change) && !isFolded(change)) {
      operations.arrive(where(change));
      if (change.refers) lookUp(bench, change.subject_id);
    } else {
      if (change.gone) dropWords(bench, change.subject_id);
      operations.passed(change.seq);
    }
  };
  const rereading = new Rereading(bench, hear);
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
