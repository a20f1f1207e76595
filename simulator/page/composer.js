/** The writing line: plain messages, answers to a message, changes to one's own, and the trays below it. */

import { el, iconButton, setText } from "./dom.js";
import { excerpt } from "./bubble.js";
import { Tray } from "./tray.js";

export class Composer {
  /** `actions`: say(text, replyTo), edit(messageId, text), send(kind), upload(file). */
  constructor(phone, actions) {
    this.actions = actions;
    this.target = null;
    this.prompted = null;
    const name = `write-${phone.id}`;
    this.field = el("textarea", {
      id: name, rows: 1, dir: "auto", maxlength: 4096, enterkeyhint: "send", autocomplete: "off",
      oninput: () => this.fit(), onkeydown: (event) => this.onKey(event),
    });
    this.caption = el("bdi");
    this.about = el("div", { class: "about", hidden: true }, el("p", {}, this.caption),
      iconButton("close", { label: "Never mind", onclick: () => this.settle() }));
    this.tray = new Tray(phone, { ...actions, say: (text) => this.sayAt(text) });
    const sendButton = iconButton("send", { label: "Send", class: "send", type: "submit" });
    this.form = el("form", { class: "write", onsubmit: (event) => this.submit(event) },
      this.tray.openers, el("label", { class: "sr-only", for: name }, `Message from ${phone.name}`), this.field,
      this.tray.keyboardOpener, sendButton);
    this.root = el("div", { class: "composer" }, this.about, this.form, this.tray.root);
  }

  show(state) {
    const last = state.messages.findLast((message) => message.from_bot);
    this.field.placeholder = state.placeholder ?? "Message";
    this.tray.show(state);
    if (state.force_reply && last && this.prompted !== last.message_id) this.prompt(last);
    if (!state.force_reply && this.target?.asked) this.settle(false);
  }

  prompt(message) {
    this.prompted = message.message_id;
    this.aim({ message, asked: true, words: `Answer to: ${excerpt(message)}` });
    const focused = document.activeElement;
    const inPhone = this.root.closest(".phone")?.contains(focused);
    // A mouse or finger was used last: typing can begin at once. A keyboard user's place is left alone.
    if (inPhone && !focused.matches(":focus-visible")) this.field.focus();
  }

  answer(message) {
    this.aim({ message, words: `Answer to: ${excerpt(message)}` });
    this.field.focus();
  }

  change(message) {
    this.aim({ message, changing: true, words: "Changing what you wrote" });
    this.field.value = message.text;
    this.fit();
    this.field.focus();
  }

  aim(target) {
    this.target = target;
    setText(this.caption, target.words);
    this.about.hidden = false;
  }

  settle(keepFocus = true) {
    const hadFocus = this.about.contains(document.activeElement);
    if (this.target?.changing) this.field.value = "";
    this.target = null;
    this.about.hidden = true;
    this.fit();
    if (keepFocus && hadFocus) this.field.focus();
  }

  submit(event) {
    event.preventDefault();
    const text = this.field.value;
    if (text.trim() === "") return this.field.focus();
    return this.target?.changing ? this.saveChange(text) : this.sayAt(text, true);
  }

  async saveChange(text) {
    if (await this.actions.edit(this.target.message.message_id, text)) this.settle();
  }

  async sayAt(text, typed = false) {
    const replyTo = this.target && !this.target.changing ? this.target.message.message_id : null;
    if (!(await this.actions.say(text, replyTo))) return;
    if (typed) this.field.value = "";
    this.settle();
  }

  onKey(event) {
    if (event.key === "Escape" && this.target) this.settle();
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  fit() {
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight, 140)}px`;
  }
}
