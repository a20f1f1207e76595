/** Inline keyboards under a message and reply keyboards under the writing line. */

import { el, setAttribute, setText } from "./dom.js";

const SAFE_ADDRESS = /^https?:\/\//i;

/**
 * Makes `container` show `rows`, keeping the button elements that stay, so that focus survives an edit.
 * When the focused button goes away, focus moves to the nearest one left, or to `fallback`.
 */
export function patchKeyboard(container, rows, press, fallback) {
  const focused = container.contains(document.activeElement) ? document.activeElement : null;
  const position = focused ? [...container.querySelectorAll("button")].indexOf(focused) : -1;
  rows.forEach((row, index) => patchRow(rowAt(container, index), row, press));
  while (container.children.length > rows.length) container.lastElementChild.remove();
  container.hidden = rows.length === 0;
  if (focused && !container.contains(focused)) nearest(container, position, fallback).focus({ preventScroll: true });
}

function nearest(container, position, fallback) {
  const left = [...container.querySelectorAll("button")];
  return left[Math.min(position, left.length - 1)] ?? fallback;
}

function rowAt(container, index) {
  if (!container.children[index]) container.append(el("div", { class: "key-row" }));
  return container.children[index];
}

function patchRow(row, keys, press) {
  keys.forEach((key, index) => patchKey(row, index, typeof key === "string" ? { text: key } : key, press));
  while (row.children.length > keys.length) row.lastElementChild.remove();
}

function patchKey(row, index, key, press) {
  const button = row.children[index] ?? row.appendChild(el("button", { type: "button", class: "key", dir: "auto" }));
  setText(button, key.text);
  setAttribute(button, "data-goes", key.url ? "out" : null);
  button.classList.remove("waiting");
  button.onclick = () => press(key, button);
}

/** What pressing an inline button does: follow a link, or tell the simulator of the tap. */
export function pressInline(key, button, actions, messageId) {
  if (key.url && SAFE_ADDRESS.test(key.url)) return actions.open(key.url);
  if (key.callback_data === undefined) return undefined;
  button.classList.add("waiting");
  const done = () => button.classList.remove("waiting");
  return actions.tap(messageId, key.callback_data).then(() => setTimeout(done, 4000), done);
}

/** What pressing a key of a reply keyboard does: say its words, or share what it asks for. */
export function pressReply(key, actions) {
  if (key.request_contact) return actions.send("contact");
  if (key.request_location) return actions.send("location");
  return actions.say(key.text);
}
