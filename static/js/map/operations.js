// What somebody does to the map: seen at once, kept on the device, sent in order, and what the server says to it.
import { newId } from "../ids.js";
import { Outbox } from "../outbox.js";
import { helpedIn } from "../staging/scribe.js";
import { turned } from "./effects.js";
import { wordsIn } from "./mending.js";
import { Noticing } from "./noticing.js";

const SETTLE = 5000; // ms that something sent by another page of this browser may take to come back

export class Operations extends EventTarget {
  #mine = new Set(); // operations of this device
  #seen; // how far the stream has come

  static async open({ root, model, said, others }) {
    const operations = new Operations();
    const { space, trajectory, membership, workshop, seq } = root.dataset;
    Object.assign(operations, { model, said, others, workshop, membership, step: root.closest("[data-step-id]")?.dataset.stepId });
    operations.noticing = new Noticing(said, others);
    operations.url = `/spaces/${space}/trajectories/${trajectory}/operations`;
    operations.#seen = Number(seq);
    operations.outbox = await Outbox.open(membership);
    operations.#listen();
    for (const item of await operations.waiting()) {
      operations.#mine.add(item.id);
      if (item.state !== "refused") model.add({ ...item.body, ...item.shown });
    }
    if (!operations.outbox.lasts) said.say("memory");
    return operations;
  }

  // Gives the id of what is on the page before this returns. `shown` is for this page only.
  do(verb, fields = {}, shown = {}) {
    const body = { id: newId(), verb, workshop_id: this.workshop ?? "", step_id: this.step ?? "", membership_id: this.membership, ...helpedIn(verb), ...fields };
    this.#mine.add(body.id);
    if (fields.node_id) this.noticing.touch(fields.node_id);
    this.#changed(this.model.add({ ...body, ...shown }));
    // Tried once: what is refused was about the map as it stood, and could say something else later.
    this.outbox.keep({ id: body.id, url: this.url, body, shown, topic: "operation", words: wordsIn(body), once: true });
    return body.id;
  }

  // Undo or redo. Which one is meant goes along while it waits here: should it turn out to change nothing, an earlier one is not meant.
  turn(verb) {
    const { done, undone } = turned(this.model.pending);
    const meant = (verb === "undo" ? done : undone).at(-1);
    return this.do(verb, meant ? { other_id: meant.id } : {});
  }

  waiting = async () => (await this.outbox.mine()).filter((item) => item.url === this.url);

  // Words that cannot go out as they are wait with what was refused, because of the field that is `named`. Gives
  // whether they are safe there.
  async setAside(id, fields, named, problem) {
    const body = { id, workshop_id: this.workshop ?? "", step_id: this.step ?? "", membership_id: this.membership, ...fields };
    const words = wordsIn(body);
    const earlier = await this.outbox.find(id);
    if (earlier && earlier.words !== words) body.id = newId();
    const item = { id: body.id, url: this.url, body, shown: {}, topic: "operation", words, once: true, fields: [named] };
    if (words) await this.outbox.keep(item, { state: "refused", problem });
    return this.outbox.lasts;
  }

  // A state from the stream.
  arrive(change) {
    this.#seen = Math.max(this.#seen, change.seq ?? 0);
    const isOthers = change.topic === "node" && !this.#mine.has(change.op);
    const tell = isOthers && this.noticing.about(change, this.model.nodes.get(change.subject_id));
    this.#changed(this.model.arrive(change), change);
    if (tell) tell();
  }

  // Something that stops have to do with was taken back; gives which stops.
  withdraw(subject) {
    const { had, ...changed } = this.model.withdraw(subject);
    this.#changed(changed);
    return had;
  }

  // What a stop has to do with was looked up.
  refers(id, references) {
    this.#changed(this.model.refers(id, references));
  }

  // Something else happened, up to this number.
  passed(seq) {
    this.#seen = Math.max(this.#seen, seq);
    this.#changed(this.model.passed(seq));
  }

  // Everything was read again, up to this number.
  replace(facts, seq) {
    this.#seen = Math.max(this.#seen, seq);
    this.model.passed(this.#seen);
    this.#changed(this.model.replace(facts, seq));
  }

  #listen() {
    this.outbox.addEventListener("state", ({ detail: { id, state, body, item } }) => {
      if (state === "here" && item.url === this.url && !this.#mine.has(id)) this.#adopt(item);
      if (!this.#mine.has(id)) return;
      if (state === "kept") this.#answered(id, body);
      if (state === "refused") this.#refused(item);
    });
    this.outbox.addEventListener("offline", () => this.model.pending.length && this.said.say("offline"));
    this.outbox.addEventListener("done", () => {
      this.said.unsay("offline");
      this.#lookForSent();
    });
  }

  #answered(id, { seq, skipped, met }) {
    this.#changed(this.model.acknowledge(id, seq, this.#seen));
    if (met) this.others.met(met);
    else if (skipped) this.said.tell(skipped);
    this.dispatchEvent(new CustomEvent("answered", { detail: { id } }));
  }

  // What was refused before and is said differently now.
  #adopt({ id, body, shown }) {
    this.#mine.add(id);
    this.said.unsay("refused");
    this.#changed(this.model.add({ ...body, ...shown }));
  }

  // With words in it, it waits for its maker in a list; without, there is nothing to offer again.
  #refused({ id, words, problem }) {
    const isShown = this.model.pending.some((each) => each.id === id);
    this.#changed(this.model.drop(id));
    if (!words) this.outbox.drop(id);
    if (isShown) this.said.say("refused", { words: problem });
  }

  // Another page of this browser shares the outbox and may have sent what was made here.
  async #lookForSent() {
    const missing = async () => {
      const waiting = new Set((await this.waiting()).map((item) => item.id));
      return this.model.pending.map(({ id }) => id).filter((id) => !waiting.has(id));
    };
    const sent = await missing();
    if (!sent.length) return;
    await new Promise((resolve) => setTimeout(resolve, SETTLE));
    for (const id of await missing()) if (sent.includes(id)) this.#changed(this.model.drop(id));
  }

  #changed(ids, change = null) {
    if (ids.nodes.size || ids.edges.size || change) this.dispatchEvent(new CustomEvent("changed", { detail: { ...ids, change } }));
  }
}
