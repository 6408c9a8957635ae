// "Next person": this tablet forgets who sat here, and opens the door of the same meeting for who comes now.
import { Again } from "../again.js";
import { forgetStage } from "../offline.js";
import { isNoAnswer, post } from "../post.js";
import { saveRescueFile } from "./rescue.js";

const OURS = "cocreate-"; // drafts, larger type, who helps: all that is kept beside the outbox

function forget() {
  for (const store of [localStorage, sessionStorage]) {
    for (const key of Object.keys(store).filter((each) => each.startsWith(OURS))) store.removeItem(key);
  }
}

export class Leaving {
  #gone; // where it stands that somebody went, until the server knows

  constructor({ root, outbox }) {
    Object.assign(this, { root, outbox, dialog: root.querySelector("[data-leaving]") });
    this.#gone = `cocreate-gone:${root.dataset.membership}`;
    if (this.isGone) return this.#go();
    root.querySelector("[data-next-person]").addEventListener("click", (event) => {
      event.preventDefault();
      this.#ask();
    });
    for (const button of root.querySelectorAll("[data-rescue]")) {
      button.addEventListener("click", () => saveRescueFile(outbox, button.dataset.readMe));
    }
    this.dialog.addEventListener("close", () => this.dialog.returnValue === "next" && this.#go());
    addEventListener("storage", ({ key }) => {
      if (key !== this.#gone || !this.isGone) return; // another page of this browser was left
      this.#cover();
      location.replace("/join");
    });
    for (const name of ["state", "done"]) outbox.addEventListener(name, () => this.#show());
    this.#show();
  }

  get isGone() {
    try {
      return localStorage.getItem(this.#gone) !== null;
    } catch {
      return false;
    }
  }

  async #ask() {
    this.dialog.returnValue = "";
    await this.#show();
    this.dialog.showModal();
    this.outbox.flush();
  }

  // What still waits here, and of whom: only who sits here reads their own words.
  async #show() {
    const mine = await this.outbox.mine();
    const all = mine.length + (await this.outbox.others()).length;
    for (const each of this.root.querySelectorAll("[data-when-waiting]")) each.hidden = !mine.length;
    for (const each of this.root.querySelectorAll("[data-when-empty]")) each.hidden = mine.length > 0;
    for (const each of this.root.querySelectorAll("[data-when-any]")) each.hidden = !all;
    const list = this.dialog.querySelector("[data-waiting]");
    list.replaceChildren(...mine.filter(({ words }) => words).map(({ words }) => Object.assign(document.createElement("li"), { textContent: words })));
  }

  // Hidden at once and for good, also when there is no wifi now; the sign-in goes as soon as there is.
  #go() {
    const { workshop } = this.root.dataset;
    try {
      forget();
      localStorage.setItem(this.#gone, "yes");
    } catch {
      // Then only this page knows it.
    }
    this.#cover();
    forgetStage();
    const again = new Again(() => leave());
    let isLeaving = false;
    const leave = async () => {
      if (isLeaving) return;
      isLeaving = true;
      await this.outbox.flush(); // what can still go goes as its maker's own
      const answer = await post(`/workshops/${workshop}/departure`, {}).catch(() => null);
      isLeaving = !isNoAnswer(answer);
      if (!isLeaving) return again.later();
      this.outbox.end();
      try {
        localStorage.removeItem(this.#gone);
      } catch {
        // It was not there.
      }
      location.replace(answer.body.door ?? "/join");
    };
    addEventListener("online", leave);
    leave();
  }

  #cover() {
    const cover = this.root.querySelector("template[data-gone]").content.firstElementChild.cloneNode(true);
    for (const each of [...this.root.children]) if (!each.matches("template")) each.remove();
    this.root.append(cover);
    cover.focus();
  }
}
