// What could not be kept of what was drawn here: its maker says it differently, copies it, or drops it.
// On a stage, “What I told” lists it with the rest.
import { Mine } from "../mine.js";
import { Refused } from "../refused.js";

export async function listNotKept(bench) {
  const { root, operations: { outbox, url } } = bench;
  const place = root.querySelector("[data-not-kept]");
  if (!place) return;
  const list = new NotKept(place, bench);
  await list.follow(outbox, () => false, (item) => item.url === url);
  new Refused(root, { outbox, mine: list });
}

class NotKept extends Mine {
  constructor(root, bench) {
    super(root, bench.root);
    this.bench = bench;
  }

  add(...told) {
    super.add(...told);
    this.root.hidden = false;
  }

  remove(id) {
    super.remove(id);
    this.root.hidden = this.list.children.length === 0;
    if (this.root.hidden) this.bench.said.unsay("refused");
  }

  focus() {
    if (this.root.hidden) this.bench.frame.focus({ preventScroll: true });
    else super.focus();
  }
}
