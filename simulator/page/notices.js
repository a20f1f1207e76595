/** Short notes over one phone's chat, and the answers to button presses, as Telegram shows them. */

import { el } from "./dom.js";

const STAY = 5000;

export class Notices {
  constructor(fallbackFocus) {
    this.fallbackFocus = fallbackFocus;
    this.seen = undefined;
    this.note = el("div", { class: "note", role: "status", dir: "auto" });
    this.words = el("p", { dir: "auto" });
    this.close = el("button", { type: "button", class: "primary", onclick: () => this.dismiss() }, "OK");
    this.box = el("div", { class: "alert", role: "alertdialog", "aria-label": "Message from the bot", hidden: true,
      onkeydown: (event) => { if (event.key === "Escape") this.dismiss(); } }, el("div", { class: "alert-card" }, this.words, this.close));
    this.root = el("div", { class: "notices" }, this.note, this.box);
  }

  /** Shows the answer to a button press once; one that was there when the page opened counts as seen. */
  answer(alert) {
    const fresh = alert && this.seen !== undefined && alert.id !== this.seen;
    this.seen = alert?.id ?? null;
    if (!fresh || !alert.text) return;
    if (alert.show_alert) this.ask(alert.text);
    else this.tell(alert.text);
  }

  tell(text) {
    clearTimeout(this.timer);
    this.note.textContent = text;
    this.timer = setTimeout(() => { this.note.textContent = ""; }, STAY);
  }

  ask(text) {
    const phone = this.root.closest(".phone");
    this.words.textContent = text;
    this.box.hidden = false;
    if (!phone?.contains(document.activeElement)) return;
    this.before = document.activeElement;
    this.close.focus();
  }

  dismiss() {
    const hadFocus = this.box.contains(document.activeElement);
    this.box.hidden = true;
    if (hadFocus) (this.before?.isConnected ? this.before : this.fallbackFocus()).focus();
  }
}
