// Every contribution goes through here: kept on the device, then sent, then acknowledged, then removed.
import { post } from "./post.js";
import { openStore } from "./store.js";

const FIRST_WAIT = 1000;
const LONGEST_WAIT = 30000;

export class Outbox extends EventTarget {
  #store;
  #membership;
  #sending = null;
  #again = false;
  #timer = 0;
  #wait = FIRST_WAIT;

  static async open(membership) {
    const outbox = new Outbox();
    outbox.#store = await openStore();
    outbox.#membership = membership;
    addEventListener("online", () => outbox.flush());
    document.addEventListener("visibilitychange", () => document.hidden || outbox.flush());
    return outbox;
  }

  get lasts() {
    return this.#store.lasts;
  }

  // Mine, in the order they were told: ids carry their time.
  async mine() {
    const items = await this.#store.all();
    return items.filter((item) => item.membership === this.#membership).sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  async others() {
    return (await this.#store.all()).filter((item) => item.membership !== this.#membership);
  }

  // Resolves when it is safe on the device.
  async keep(item) {
    await this.#store.put({ ...item, membership: this.#membership, state: "here" });
    this.#tell(item.id, "here");
    this.flush();
  }

  // One at a time, so that order is kept; who asks meanwhile gets one more round.
  flush() {
    if (this.#sending) {
      this.#again = true;
      return this.#sending;
    }
    clearTimeout(this.#timer);
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
    for (const item of await this.mine()) {
      this.#tell(item.id, "sending");
      const outcome = await this.#send(item);
      if (outcome === "later") {
        this.#tell(item.id, "here");
        this.#retryLater();
        this.dispatchEvent(new CustomEvent("offline"));
        return;
      }
    }
    this.#wait = FIRST_WAIT;
    this.dispatchEvent(new CustomEvent("done"));
  }

  async #send(item) {
    let answer;
    try {
      answer = await post(item.url, item.body);
    } catch {
      return "later";
    }
    if (answer.status === 429 || answer.status >= 500 || answer.status === 400) return "later";
    if (answer.status >= 200 && answer.status < 300) {
      await this.#store.remove(item.id);
      this.#tell(item.id, "kept", answer.body);
      return "kept";
    }
    // Refused: it stays on the device, and others behind it still go. A later visit tries again.
    await this.#store.put({ ...item, state: "refused", problem: answer.body.title });
    this.#tell(item.id, "refused", answer.body);
    return "refused";
  }

  #retryLater() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.flush(), this.#wait * (0.75 + Math.random() / 2));
    this.#wait = Math.min(this.#wait * 2, LONGEST_WAIT);
  }

  #tell(id, state, body = {}) {
    this.dispatchEvent(new CustomEvent("state", { detail: { id, state, body } }));
  }
}
