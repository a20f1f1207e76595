/** One phone: its owner, its chat with the bot, and everything that can be done with it. */

import * as api from "./api.js";
import { excerpt } from "./bubble.js";
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { el, icon, iconButton, setAttribute, setText } from "./dom.js";
import { languageName } from "./languages.js";
import { Notices } from "./notices.js";
import { clockTime } from "./time.js";

const HUES = [172, 255, 345, 62, 300, 130, 25, 215];

export class Phone {
  /** `openEntry(phone)` shows the codes to scan; `botName()` is what the bot calls itself. */
  constructor(state, index, { openEntry, botName }) {
    this.id = state.id;
    this.name = state.name;
    this.label = state.label ?? "";
    this.openEntry = openEntry;
    this.botName = botName;
    this.actions = this.makeActions();
    this.conversation = new Conversation(`Messages on ${state.name}'s phone`, {
      phoneId: state.id, actions: this.actions, author: (message) => (message.from_bot ? botName() : state.name),
    });
    this.composer = new Composer(state, this.actions);
    this.notices = new Notices(() => this.conversation.log);
    this.build(state);
    this.root.style.setProperty("--hue", HUES[index % HUES.length]);
    this.show(state);
  }

  makeActions() {
    const did = (call) => (...args) => this.attempt(call(this.id, ...args));
    return {
      say: did(api.say), tap: did(api.tap), edit: did(api.edit), send: did(api.send), upload: did(api.upload),
      start: did(api.start), block: did(api.block),
      answer: (message) => this.composer.answer(message),
      change: (message) => this.composer.change(message),
      open: (address) => window.open(address, "_blank", "noopener,noreferrer"),
    };
  }

  /** Whether the simulator took it; if not, the phone says so. */
  async attempt(promise) {
    try {
      await promise;
      return true;
    } catch {
      this.notices.tell("That didn't go through. Please try again.");
      return false;
    }
  }

  build(state) {
    const heading = `phone-${state.id}-name`;
    this.blockButton = iconButton("block", { words: "Block", class: "quiet small", onclick: () => this.actions.block(!this.state.blocked) });
    this.status = el("span");
    this.bot = el("h3", { dir: "auto" });
    this.manner = el("p");
    this.pinned = el("button", { type: "button", class: "pinned", hidden: true, onclick: () => this.conversation.reveal(this.state.pinned) },
      icon("pin"), el("span", { class: "sr-only" }, "Pinned: "), el("bdi"));
    this.blockedStrip = el("div", { class: "blocked", hidden: true }, el("p", {}, `${state.name} has blocked the bot.`),
      el("button", { type: "button", class: "primary", onclick: () => this.actions.block(false) }, "Unblock"));
    this.root = el("section", { class: "phone", id: `phone-${state.id}`, "aria-labelledby": `${heading} ${heading}-about`, tabindex: "-1" },
      this.owner(state, heading),
      el("div", { class: "handset" },
        el("div", { class: "statusbar", "aria-hidden": "true" }, this.status, el("span", {}, "simulation")),
        el("div", { class: "chathead" }, el("img", { src: "/page/emblem.svg", alt: "", width: 38, height: 38 }),
          el("div", { class: "who" }, this.bot, this.manner),
          iconButton("scan", { label: "Scan a code", class: "round", onclick: () => this.openEntry(this) })),
        this.pinned, this.conversation.root, this.notices.root, this.composer.root, this.blockedStrip));
  }

  owner(state, heading) {
    return el("div", { class: "owner" },
      el("span", { class: "avatar", "aria-hidden": "true" }, [...state.name][0] ?? "?"),
      el("div", { class: "owner-words" },
        el("h2", { id: heading, dir: "auto" }, state.name),
        el("p", { id: `${heading}-about` }, [state.label, languageName(state.language_code)].filter(Boolean).join(" · "))),
      this.blockButton);
  }

  /** Shows the state; returns whether the bot has said something new. */
  show(state) {
    const last = state.messages.findLast((message) => message.from_bot)?.message_id ?? 0;
    const news = this.state !== undefined && last > this.last;
    this.last = last;
    this.state = state;
    this.notices.answer(state.alert);
    setText(this.bot, this.botName());
    setText(this.manner, state.typing ? "writing…" : "bot");
    this.showPinned(state);
    this.showBlocked(state.blocked);
    this.greet(state);
    this.conversation.show(state.messages, state.typing);
    this.composer.show(state);
    return news;
  }

  showPinned(state) {
    const message = state.messages.find(({ message_id }) => message_id === state.pinned);
    this.pinned.hidden = !message;
    if (message) setText(this.pinned.lastElementChild, excerpt(message));
  }

  showBlocked(blocked) {
    const focused = document.activeElement;
    const moveOn = this.composer.root.contains(focused) || this.blockedStrip.contains(focused);
    const turned = this.composer.root.hidden !== blocked;
    this.composer.root.hidden = blocked;
    this.blockedStrip.hidden = !blocked;
    setAttribute(this.blockButton, "aria-pressed", Boolean(blocked));
    setText(this.blockButton.lastElementChild, blocked ? "Blocked" : "Block");
    if (turned && moveOn) (blocked ? this.blockButton : this.composer.field).focus();
  }

  greet(state) {
    const greeting = this.conversation.greeting;
    const hadFocus = greeting.contains(document.activeElement);
    greeting.hidden = state.started || state.messages.length > 0;
    if (greeting.hidden && hadFocus) this.composer.field.focus();
    if (greeting.hidden || greeting.childElementCount > 0) return;
    greeting.append(
      el("img", { src: "/page/emblem.svg", alt: "", width: 64, height: 64 }),
      el("p", {}, `${state.name} and ${this.botName()} haven't met yet.`),
      iconButton("scan", { words: "Scan a poster or code", class: "primary", onclick: () => this.openEntry(this) }),
      el("button", { type: "button", class: "quiet", onclick: () => this.actions.start("") }, "Start without one"));
  }

  tick(now) {
    setText(this.status, clockTime(now));
  }
}
