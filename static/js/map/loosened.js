// The stop that somebody writes about is taken off the map: their form stays open, and their words become a stop of
// their own.
export class Loosened {
  isOn = false;

  constructor(panel) {
    this.panel = panel;
    this.line = panel.root.querySelector("[data-panel-loose]");
  }

  // `change`: what the stream told; without, the map was read again, or a stop of our own was refused.
  begin(change) {
    const { panel, panel: { bench } } = this;
    if (this.isOn) return;
    const isExpected = bench.model.isKnown(panel.id) || (bench.picture.isFolded && !change?.gone); // taken away here, or folded
    if (isExpected || !this.#hasWords()) panel.close();
    else this.#turn(true);
    if (!isExpected && !change) bench.said.say("off");
  }

  // It is on the map again.
  end() {
    const { parts, part, node } = this.panel;
    if (!this.isOn) return;
    this.#turn(false);
    if (part === "change") parts.change.enter(node);
  }

  // What was not kept of it waits in a list.
  leave() {
    if (!this.isOn) return;
    this.isOn = false;
    this.line.hidden = true;
    this.panel.bench.loose.sweep();
  }

  #turn(isOn) {
    const { parts, part } = this.panel;
    this.isOn = isOn;
    this.line.hidden = !isOn;
    this.panel.say();
    if (isOn) parts[part].loosen?.();
  }

  #hasWords() {
    const { root, part, drafts } = this.panel;
    const form = root.querySelector(`form[data-part="${part}"]`);
    const { text, set } = (form && drafts.of(form)) ?? {};
    return Boolean(text || set?.text || set?.note);
  }
}
