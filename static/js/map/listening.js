// The stream: a page that listens already passes on what it hears, because one stream for each page is enough.
import { Live } from "../live.js";
import { dropWords, lookUp } from "./references.js";
import { Rereading } from "./rereading.js";

const NEW = new Set(["grow", "restore", "undo", "redo"]); // what may bring a stop on the map

export function listen(bench) {
  const { root, operations } = bench;
  const isOurs = (change) => change.trajectory_id === root.dataset.trajectory || (change.gone && bench.model.nodes.has(change.subject_id));
  // What changes inside a folded thread stays folded.
  const isFolded = ({ topic, subject_id: id, done }) => topic === "node" && !NEW.has(done) && bench.picture.isFolded && !bench.model.nodes.has(id);
  // On a folded map a stop stands elsewhere than on the whole one; there, only a hand moves it.
  const where = (change) => {
    const { x, y } = bench.model.nodes.get(change.subject_id) ?? {};
    const stays = bench.picture.isFolded && change.node && x !== undefined && change.done !== "place";
    return stays ? { ...change, node: { ...change.node, x, y } } : change;
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
