// The one quiet line of the stage: what waits on this tablet, and why.
export class Line {
  constructor(root) {
    this.root = root;
    this.place = root.querySelector("[data-outbox-line]");
  }

  word(name) {
    const words = this.root.querySelector("template[data-words]").content;
    return words.querySelector(`[data-word="${name}"]`).textContent;
  }

  say(name) {
    this.place.textContent = name && this.word(name);
    this.place.classList.toggle("is-waiting", Boolean(name) && !["kept", "chosen", "marked"].includes(name));
  }

  says(name) {
    return this.place.textContent === this.word(name);
  }

  async follow(outbox, mine) {
    const others = await outbox.others();
    if (!outbox.lasts) this.say("memory");
    else if (others.length) this.say(others.every(({ proof }) => proof) ? "along" : "elsewhere");
    outbox.addEventListener("state", ({ detail: { id, state } }) => {
      if (state === "refused" && mine.has(id)) this.say("refused");
      else if (this.says("refused") && !mine.isRefused) this.say("");
    });
    outbox.addEventListener("offline", () => this.say("offline"));
    outbox.addEventListener("done", () => (this.says("offline") || this.says("along")) && this.say(""));
  }

  // Everybody goes on: what was said of the last thing told goes, what still waits stays.
  rest(mine) {
    const isWaiting = this.place.classList.contains("is-waiting");
    if (!isWaiting || (this.says("refused") && !mine.isRefused)) this.say("");
  }
}
