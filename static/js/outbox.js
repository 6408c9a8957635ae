// Every contribution goes through here: kept on the device, then sent, then acknowledged, then removed.
import { Again } from "./again.js";
import { goAlong, proofOf } from "./others.js";
import { Pages } from "./pages.js";
import { isNoAnswer, post, refusal } from "./post.js";
import { openStore } from "./store.js";

const opened = new Map();

export class Outbox extends EventTarget {
  #store;
  #membership;
  #pages;
  #sending = null;
  #again = false;
  #ended = false;
  #held = new Set();
  #refused = new Set(); // what this page knows to be refused
  #retry = new Again(() => this.flush());

  // One for each page, however many of its parts ask.
  static open(membership) {
    if (!opened.has(membership)) opened.set(membership, Outbox.#begin(membership));
    return opened.get(membership);
  }

  static async #begin(membership) {
    const outbox = new Outbox();
    outbox.#store = await openStore();
    outbox.lasts = outbox.#store.lasts;
    outbox.#membership = membership;
    outbox.#pages = new Pages(membership, (item, body) => outbox.#tell(item, "kept", body));
    addEventListener("online", () => outbox.flush());
    document.addEventListener("visibilitychange", () => document.hidden || outbox.flush());
    return outbox;
  }

  // In the order they were told.
  mine = async () => (await this.#store.all()).filter(({ membership }) => membership === this.#membership);
  others = async () => (await this.#store.all()).filter(({ membership }) => membership !== this.#membership);

  async find(id) {
    const item = await this.#store.get(id);
    return item?.membership === this.#membership ? item : undefined;
  }

  // Resolves when it is safe on the device; in the place of an earlier one with this id.
  // `once`: when it is refused, or is not to be sent as it is, it is not tried until its maker says it differently.
  async keep(item, { state = "here", problem = "" } = {}) {
    const kept = { ...item, membership: this.#membership, proof: proofOf(item), state, problem };
    this.#pages.forget(item.id);
    await this.#store.put(kept);
    this.#tell(kept, state);
    this.flush();
  }

  // In the place of one that waits here, under another id; gives whether that one was still here: what is
  // changed on two pages of one browser goes out once.
  async replace(id, item) {
    const kept = { ...item, membership: this.#membership };
    const isHere = await this.#store.swap(id, kept);
    if (isHere) this.#tell(kept, kept.state);
    this.flush();
    return isHere;
  }

  drop = (id) => this.#store.remove(id);

  // Not sent while somebody changes it: resolves when it is not under way any more.
  async hold(id) {
    this.#held.add(id);
    await this.#sending;
  }

  release = (id) => this.#held.delete(id);

  // Nothing goes out from this page any more: whoever told it is not signed in here from now on.
  end() {
    this.#ended = true;
  }

  // One at a time, so that order is kept; who asks meanwhile gets one more round.
  flush() {
    if (this.#ended) return this.#sending;
    if (this.#sending) {
      this.#again = true;
      return this.#sending;
    }
    this.#retry.stop();
    this.#sending = this.#sendAll().finally(() => {
      this.#sending = null;
      if (this.#again) {
        this.#again = false;
        this.flush();
      }
    });
    return this.#sending;
  }

  async #sendAll() {
    for (const { id } of await this.mine()) {
      const item = this.#held.has(id) ? null : await this.find(id); // as it is by now
      if (!item || this.#pages.hasSent(id)) continue;
      if (item.state === "refused" && item.once) {
        if (!this.#refused.has(item.id)) this.#tell(item, "refused"); // another page of this browser heard it first
        continue;
      }
      const wasRefused = item.state === "refused"; // it is tried again without a word, and its buttons stay
      if (!wasRefused) this.#tell(item, "sending");
      if ((await this.#send(item)) === "later") {
        const isHere = await this.find(id); // else another page sent it meanwhile, and said so
        if (isHere && !wasRefused) this.#tell(item, "here");
        return this.#later();
      }
    }
    if (!(await goAlong(await this.others(), this.#store))) return this.#later();
    this.#retry.reset();
    this.dispatchEvent(new CustomEvent("done"));
  }

  #later() {
    this.#retry.later();
    this.dispatchEvent(new CustomEvent("offline"));
  }

  async #send(item) {
    const answer = await post(item.url, item.body).catch(() => null);
    if (isNoAnswer(answer)) return "later";
    if (answer.status >= 200 && answer.status < 300) {
      await this.#store.remove(item.id);
      this.#tell(item, "kept", answer.body);
      this.#pages.tell(item, answer.body);
      return "kept";
    }
    // Refused: it stays on the device, and others behind it still go.
    const refused = { ...item, state: "refused", ...refusal(answer.body) };
    const here = await this.find(item.id); // another tab may have dropped or changed it meanwhile
    if (JSON.stringify(here?.body) !== JSON.stringify(item.body)) return "refused";
    await this.#store.put(refused);
    // Told once: who is about to touch a button keeps it under the finger.
    if (item.state !== "refused" || item.problem !== refused.problem) this.#tell(refused, "refused", answer.body);
    return "refused";
  }

  #tell(item, state, body = {}) {
    if (state === "refused") this.#refused.add(item.id);
    this.dispatchEvent(new CustomEvent("state", { detail: { id: item.id, state, body, item } }));
  }
}
