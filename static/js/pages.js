// The other pages of this browser, which share what waits: what one of them sent is gone from here without an answer.
export class Pages {
  #channel = null;
  #sent = new Set();

  // `hear(item, body)`: another page sent this, and got that answer.
  constructor(membership, hear) {
    if (!globalThis.BroadcastChannel) return;
    this.#channel = new BroadcastChannel(`outbox:${membership}`);
    this.#channel.addEventListener("message", ({ data: { item, body } }) => {
      this.#sent.add(item.id);
      hear(item, body);
    });
  }

  tell(item, body) {
    this.#channel?.postMessage({ item, body });
  }

  hasSent(id) {
    return this.#sent.has(id);
  }

  // It is kept here anew.
  forget(id) {
    this.#sent.delete(id);
  }
}
