/** One message: who, what it answers, what it carries, its words, its marks, its buttons. */

import { el, icon, iconButton } from "./dom.js";
import { describeAttachment, renderAttachment } from "./attachments.js";
import { renderText } from "./entities.js";
import { patchKeyboard, pressInline } from "./keyboards.js";
import { clockTime, dayAndTime, machineTime } from "./time.js";

const SERVICE = { pinned_message: "A message was pinned" };

/** The first words of a message, for quotes and pinned lines. */
export function excerpt(message) {
  const words = message.text ?? message.caption;
  return words ? words.slice(0, 120) : `A ${describeAttachment(message)}`;
}

/** A list item for the message, with an empty bubble and keyboard to be patched. */
export function makeItem(message) {
  const kind = Object.keys(SERVICE).find((name) => message[name]);
  const side = message.from_bot ? "from-bot" : "from-person";
  return el("li", { class: `message ${kind ? "service" : side}`, "data-id": message.message_id, tabindex: "-1" },
    el("div", { class: "bubble" }), el("div", { class: "keys", hidden: true }), el("div", { class: "message-tools" }));
}

const signature = (message, author) => {
  const { reply_markup: _, ...body } = message;
  return JSON.stringify([body, author]);
};

/** Brings the item up to date; returns whether what it says changed. */
export function patchItem(item, message, context) {
  const [bubble, keys, tools] = item.children;
  const now = signature(message, context.author(message));
  const before = item.dataset.signature;
  if (before !== now) {
    keepFocus(bubble, item, () => bubble.replaceChildren(...body(message, context)));
    tools.replaceChildren(...toolButtons(message, context));
    item.dataset.signature = now;
  }
  const rows = message.from_bot ? message.reply_markup?.inline_keyboard ?? [] : [];
  patchKeyboard(keys, rows, (key, button) => pressInline(key, button, context.actions, message.message_id), item);
  return before !== undefined && before !== now;
}

function keepFocus(bubble, item, change) {
  const hadFocus = bubble.contains(document.activeElement);
  change();
  if (hadFocus) item.focus({ preventScroll: true });
}

function body(message, context) {
  const service = Object.keys(SERVICE).find((name) => message[name]);
  if (service) return [el("p", { class: "words" }, SERVICE[service])];
  const words = message.text ?? message.caption ?? "";
  const entities = message.entities ?? message.caption_entities;
  return [
    el("span", { class: "sr-only" }, `${context.author(message)}: `),
    quote(message),
    renderAttachment(message, context.phoneId),
    words && el("div", { class: "words", dir: "auto" }, renderText(words, entities, context.actions)),
    marks(message),
  ].filter(Boolean);
}

function quote(message) {
  if (!message.reply_to_message) return null;
  return el("p", { class: "quote", dir: "auto" },
    el("span", { class: "sr-only" }, "In answer to: "), excerpt(message.reply_to_message));
}

function marks(message) {
  const lock = message.has_protected_content
    ? el("span", { class: "mark", title: "Can't be copied or passed on" }, icon("lock"),
      el("span", { class: "sr-only" }, "Can't be copied or passed on. "))
    : null;
  const time = el("time", { datetime: machineTime(message.date), title: dayAndTime(message.date) }, clockTime(message.date));
  return el("p", { class: "marks" }, lock, message.edit_date ? el("span", {}, "edited ") : null, time);
}

function toolButtons(message, { actions }) {
  const reply = iconButton("reply", { label: "Answer this message", tabindex: "-1", onclick: () => actions.answer(message) });
  if (message.from_bot || message.text === undefined) return [reply];
  return [reply, iconButton("edit", { label: "Change this message", tabindex: "-1", onclick: () => actions.change(message) })];
}
