/** What opens under the writing line: the commands, things to send, the bot's reply keyboard. One at a time. */

import { el, iconButton, setAttribute } from "./dom.js";
import { patchKeyboard, pressReply } from "./keyboards.js";

const THINGS = [
  ["photo", "photo", "Picture"], ["voice", "voice", "Voice"], ["location", "place", "Place"],
  ["contact", "contact", "Contact"], ["sticker", "sticker", "Sticker"],
];

const rowsOf = (keyboard) => (Array.isArray(keyboard) ? keyboard : keyboard?.keyboard ?? []);

export class Tray {
  /** `actions`: say(text), send(kind), upload(file). */
  constructor(phone, actions) {
    this.actions = actions;
    this.id = `tray-${phone.id}`;
    this.open = null;
    this.seen = "[]";
    this.commands = el("ul", { class: "commands", "aria-label": "Commands" });
    this.things = el("div", { class: "things", role: "group", "aria-label": "Things to send" }, this.thingButtons());
    this.keyboard = el("div", { class: "reply-keyboard", role: "group", "aria-label": "Quick answers" });
    this.root = el("div", { class: "tray", id: this.id, hidden: true, onkeydown: (event) => this.onKey(event) },
      this.commands, this.things, this.keyboard);
    this.buttons = {
      commands: this.opener("menu", "Commands", "commands"),
      things: this.opener("add", "Send something else", "things"),
      keyboard: this.opener("keyboard", "Quick answers", "keyboard"),
    };
    this.openers = [this.buttons.commands, this.buttons.things];
    this.keyboardOpener = this.buttons.keyboard;
    this.keyboardOpener.hidden = true;
  }

  opener(drawing, label, name) {
    return iconButton(drawing, {
      label, "aria-expanded": "false", "aria-controls": this.id, onclick: () => this.toggle(this.open === name ? null : name),
    });
  }

  thingButtons() {
    const choose = el("input", { type: "file", class: "sr-only", tabindex: "-1", "aria-label": "File to send", onchange: () => this.upload(choose) });
    const own = iconButton("document", { words: "File", onclick: () => choose.click() });
    const invented = THINGS.map(([kind, drawing, words]) =>
      iconButton(drawing, { words, onclick: () => this.did(this.actions.send(kind)) }));
    return [...invented, own, choose];
  }

  upload(choose) {
    if (choose.files[0]) this.did(this.actions.upload(choose.files[0]));
    choose.value = "";
  }

  show(state) {
    this.showCommands(state.menu ?? []);
    const rows = rowsOf(state.keyboard);
    const fresh = JSON.stringify(rows);
    this.buttons.keyboard.hidden = rows.length === 0;
    if (fresh === this.seen) return;
    this.seen = fresh;
    const once = state.keyboard?.one_time_keyboard;
    patchKeyboard(this.keyboard, rows, (key) => this.press(key, once), this.buttons.keyboard);
    if (rows.length > 0) this.toggle("keyboard");
    else if (this.open === "keyboard") this.toggle(null);
  }

  showCommands(menu) {
    const fresh = JSON.stringify(menu);
    this.buttons.commands.hidden = menu.length === 0;
    if (fresh === this.commands.dataset.menu) return;
    this.commands.dataset.menu = fresh;
    this.commands.replaceChildren(...menu.map((entry) => this.command(entry)));
  }

  command({ command, description }) {
    const run = () => this.did(this.actions.say(`/${command}`));
    return el("li", {}, el("button", { type: "button", onclick: run },
      el("span", { class: "command-name" }, `/${command}`), el("bdi", {}, description)));
  }

  press(key, once) {
    pressReply(key, this.actions);
    if (once) this.toggle(null);
  }

  did(promise) {
    const hadFocus = this.root.contains(document.activeElement);
    const name = this.open;
    this.toggle(null);
    if (hadFocus && name) this.buttons[name].focus();
    return promise;
  }

  toggle(name) {
    this.open = name;
    this.root.hidden = name === null;
    for (const part of ["commands", "things", "keyboard"]) {
      this[part].hidden = part !== name;
      setAttribute(this.buttons[part], "aria-expanded", part === name);
    }
  }

  onKey(event) {
    if (event.key !== "Escape" || this.open === null) return;
    const name = this.open;
    this.toggle(null);
    this.buttons[name].focus();
  }
}
