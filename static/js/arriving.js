// What arrives on the console: each card with what who leads can do around it, live.
import { Arranging } from "./arranging.js";
import { cardFrom, takeAway } from "./cards.js";
import { carryOver } from "./carrying.js";
import { foldUp, leaveCard } from "./leaving.js";
import { Older } from "./older.js";
import { post, refusal } from "./post.js";
import { lifted } from "./pressing.js";
import { Sieves } from "./sieves.js";

const ARRIVING = new Set(["moment", "working_factor", "impact", "indicator", "node", "reply", "commitment"]);
const NOBODY = /00000000-0000-0000-0000-000000000000/g;
const LOOKS_AGAIN = new Set(["lit", "grouped", "moved", "opened", "closed"]);

export class Arriving {
  #asked = null;
  #meanwhile = []; // what was heard while the fresh part was on its way

  constructor(root) {
    this.root = root;
    this.sieves = new Sieves(root);
    this.arranging = new Arranging(root, (body) => this.#send(`/workshops/${root.dataset.workshop}/grouped`, body));
    root.addEventListener("submit", (event) => {
      if (!event.target.matches("[data-arriving-form]")) return;
      event.preventDefault();
      this.#submit(event.target);
    });
    this.older = new Older(root, () => this.#lookAfter());
    this.#ready();
    this.sieves.count();
  }

  hear(change) {
    if (this.#asked) this.#meanwhile.push(change);
    const isHere = change.workshop_id === this.root.dataset.workshop;
    const isKnown = this.#arrival(change.subject_id) !== null;
    if (change.topic === "stage") return isHere && LOOKS_AGAIN.has(change.verb) && this.refresh();
    if (change.topic === "hiding") return isHere && this.refresh();
    if (change.gone) this.#takeAway(change.subject_id);
    else if (isHere && change.card && ARRIVING.has(change.topic)) this.#place(change);
    this.sieves.count();
    // It may be one of the older ones, that are not on the page but in the numbers; or one of another meeting.
    if (isHere && !isKnown && ARRIVING.has(change.topic) && (change.linked || this.sieves.unseen())) this.refresh();
  }

  // Several changes at once need one look.
  refresh() {
    this.#asked ??= new Promise((resolve) => setTimeout(resolve, 150)).then(() => this.#look());
    return this.#asked;
  }

  get #section() {
    return this.root.querySelector("[data-arriving]");
  }

  async #look() {
    try {
      const fresh = await this.#fetch();
      if (!fresh) return;
      const refocus = carryOver(this.#section, fresh);
      this.#section.replaceWith(fresh);
      this.#ready();
      refocus(); // before counting: what has the focus stays
      this.sieves.count();
    } catch {
      this.#complain(); // it is tried again with the next change
    } finally {
      this.#asked = null;
      for (const change of this.#meanwhile.splice(0)) this.hear(change);
    }
  }

  async #fetch() {
    await lifted();
    this.#meanwhile = [];
    const answer = await fetch(`/workshops/${this.root.dataset.workshop}/arrivals?most=${this.older.most}`);
    const words = answer.ok ? await answer.text() : "";
    return lifted() ? this.#fetch() : words && cardFrom(words); // what is pressed or dragged now may change it
  }

  #ready() {
    this.sieves.ready();
    this.arranging.ready();
  }

  // A look that is on its way already may be from before.
  async #lookAfter() {
    if (this.#asked) await this.#asked;
    await this.refresh();
  }

  #place({ subject_id: id, card, topic, step_id: step }) {
    const fresh = cardFrom(card);
    const older = this.#arrival(id);
    if (older) return older.querySelector("[data-subject]").replaceWith(fresh);
    const item = document.createElement("li");
    item.className = "arrival is-new";
    Object.assign(item.dataset, { arrival: id, of: topic, sieve: step ? `${topic}:${step}` : topic });
    item.append(fresh, this.#acts(topic, id));
    this.root.querySelector("[data-loose]").prepend(item);
    if (!this.sieves.knows(item.dataset.sieve)) this.refresh();
  }

  #acts(topic, id) {
    const acts = this.root.querySelector(`template[data-acts="${topic}"]`).content.firstElementChild.cloneNode(true);
    for (const element of acts.querySelectorAll("[id], [for], [name=id], [aria-describedby]")) {
      for (const { name, value } of [...element.attributes]) element.setAttribute(name, value.replace(NOBODY, id));
    }
    this.arranging.readyIn(acts);
    return acts;
  }

  #takeAway(id) {
    leaveCard(this.#arrival(id), this.#section);
    this.#arrival(id)?.remove();
    takeAway(this.root, id);
  }

  #arrival(id) {
    return this.root.querySelector(`[data-arrival="${CSS.escape(id)}"]`);
  }

  async #submit(form) {
    if (form.dataset.sending) return; // not disabled: that would take the focus away from who steers with keys
    form.dataset.sending = "true";
    const { csrf_token: _token, ...body } = Object.fromEntries(new FormData(form));
    if (await this.#send(form.getAttribute("action"), body, form)) return;
    delete form.dataset.sending;
  }

  async #send(url, body, form) {
    const answer = await post(url, body).catch(() => null);
    if (!answer || answer.status >= 400) {
      this.#complain(answer && refusal(answer.body).problem);
      return false;
    }
    this.#section.querySelector("[data-arriving-problem]").hidden = true;
    if (form) foldUp(form, this.#section);
    await this.#lookAfter();
    return true;
  }

  #complain(problem) {
    const line = this.#section.querySelector("[data-arriving-problem]");
    line.textContent = problem || line.dataset.words;
    line.hidden = false;
  }
}
