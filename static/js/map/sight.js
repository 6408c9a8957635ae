// Draws no more than can be seen: what lies far outside the frame rests, and from far away there are only
// shapes and words. So that a large map moves as smoothly as a small one.
const FAR = 0.45; // smaller than this, pictograms and arrows are specks
const AROUND = 500; // px drawn around the frame
const AGAIN = 350; // px moved until it is time to look again

export class Sight {
  #last = { x: Infinity, y: Infinity, k: 1 };
  #out = new Set();

  constructor(bench) {
    this.bench = bench;
  }

  // Called when the view has moved; `isResting`: a gesture is over.
  look({ x, y, k }, isResting) {
    const before = this.#last;
    const isNear = Math.hypot(x - before.x, y - before.y) < AGAIN && Math.abs(Math.log2(k / before.k)) < 0.4;
    if (isNear && !isResting) return;
    this.#last = { x, y, k };
    const { frame, picture } = this.bench;
    if (isResting) picture.svg.classList.toggle("is-far", k < FAR);
    this.#show({
      left: (-AROUND - x) / k,
      right: (frame.clientWidth + AROUND - x) / k,
      top: (-AROUND - y) / k,
      bottom: (frame.clientHeight + AROUND - y) / k,
    });
  }

  // Something on the map is drawn anew.
  refresh() {
    this.#out.clear();
    if (this.#last.x < Infinity) this.look(this.#last, true);
  }

  #show({ left, right, top, bottom }) {
    const { model, picture, shapes } = this.bench;
    const across = ({ x }) => shapes.way * x;
    const isSeen = (a, b = a) =>
      Math.min(across(a), across(b)) < right &&
      Math.max(across(a), across(b)) > left &&
      Math.min(a.y, b.y) < bottom &&
      Math.max(a.y, b.y) > top;
    for (const node of model.nodes.values()) this.#put(picture.element(node.id), isSeen(node));
    for (const edge of model.edges.values()) {
      this.#put(picture.element(edge.id), isSeen(model.nodes.get(edge.source), model.nodes.get(edge.target)));
    }
  }

  #put(element, isSeen) {
    if (!element || this.#out.has(element) === !isSeen) return;
    element.classList.toggle("is-out", !isSeen);
    if (isSeen) this.#out.delete(element);
    else this.#out.add(element);
  }
}
