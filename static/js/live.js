const SILENCE = 45000; // three heartbeats; a connection that died says nothing

// One stream for each page. A browser that lost its wifi goes on where it was; a hidden tab lets go.
export class Live extends EventTarget {
  #source = null;
  #timer = 0;
  #patience = 0;

  constructor({ space, view, seq, workshop }) {
    super();
    this.seq = Number(seq);
    this.address = () =>
      `/spaces/${space}/changes?view=${view}&after=${this.seq}${workshop ? `&workshop=${workshop}` : ""}`;
    document.addEventListener("visibilitychange", () => (document.hidden ? this.#close() : this.#open()));
    addEventListener("online", () => document.hidden || this.#open());
    addEventListener("pagehide", () => this.#close());
    addEventListener("pageshow", (event) => event.persisted && this.#open());
    if (!document.hidden) this.#open();
  }

  // Goes on from there, on a page that was made anew.
  resume(seq) {
    this.seq = Number(seq);
    this.#open();
  }

  #open() {
    this.#close();
    const source = (this.#source = new EventSource(this.address()));
    this.#hear(); // a connection may also hang before it is one
    source.addEventListener("change", (event) => this.#arrive(event));
    source.addEventListener("beat", (event) => {
      this.#hear();
      const seq = Number(event.lastEventId);
      if (seq <= this.seq) return;
      this.seq = seq; // past what was not for these eyes
      this.dispatchEvent(new CustomEvent("passed"));
    });
    source.addEventListener("whisper", (event) => {
      this.#hear();
      dispatchEvent(new CustomEvent("cocreate:whisper", { detail: JSON.parse(event.data) })); // to all of the page
    });
    source.addEventListener("reload", () => {
      this.#close();
      this.dispatchEvent(new CustomEvent("reload"));
    });
    source.onopen = () => {
      this.#hear();
      this.dispatchEvent(new CustomEvent("open"));
    };
    source.onerror = () => {
      this.dispatchEvent(new CustomEvent("lost"));
      // A refused stream is closed for good by the browser; knock again by ourselves.
      if (source.readyState === EventSource.CLOSED) {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => this.#open(), 3000 + Math.random() * 3000);
      }
    };
  }

  #hear() {
    clearTimeout(this.#patience);
    this.#patience = setTimeout(() => this.#open(), SILENCE);
  }

  #arrive(event) {
    this.#hear();
    const change = JSON.parse(event.data);
    if (change.seq <= this.seq) return; // twice is as good as once
    this.seq = change.seq;
    this.dispatchEvent(new CustomEvent("change", { detail: change }));
  }

  #close() {
    clearTimeout(this.#timer);
    clearTimeout(this.#patience);
    this.#source?.close();
    this.#source = null;
  }
}
