/** A box in front of the page: the browser keeps the focus inside, Escape closes it, and focus goes back where it was. */

import { el, iconButton } from "./dom.js";

let count = 0;

/** A dialog with a title and content; it removes itself when closed. Returns the element, already open. */
export function openDialog(title, ...content) {
  count += 1;
  const heading = `dialog-${count}`;
  const back = document.activeElement;
  const dialog = el("dialog", { class: "dialog", "aria-labelledby": heading },
    el("div", { class: "dialog-head" }, el("h2", { id: heading }, title),
      iconButton("close", { label: "Close", class: "round", onclick: () => dialog.close() })),
    ...content);
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.addEventListener("close", () => { dialog.remove(); if (back?.isConnected) back.focus(); });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}
