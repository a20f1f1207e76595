/** Ways into the chat: posters and one-time codes to scan, and a link's code typed by hand. */

import { codeAddress, fetchCards } from "./api.js";
import { openDialog } from "./dialog.js";
import { el } from "./dom.js";

const PREFIX = /^.*[?&]start=/;

/** What lies in front of this phone: the codes made for it alone, or else whatever hangs where everyone can see it. */
function cardsFor(phone, cards) {
  const own = cards.filter((card) => card.for_phone === phone.id);
  return own.length > 0 ? own : cards.filter((card) => (card.for_phone ?? null) === null);
}

/** Opens the box of codes for one phone. */
export async function openEntry(phone) {
  const cards = await fetchCards().catch(() => []);
  const here = cardsFor(phone, cards);
  const start = (payload) => { dialog.close(); phone.actions.start(payload); };
  const dialog = openDialog(`Scan a code with ${phone.name}'s phone`,
    here.length > 0 ? el("ul", { class: "codes" }, here.map((card) => cardItem(card, start))) : nothingYet(),
    typedCode(start));
}

const nothingYet = () => el("p", { class: "hint" }, "No posters or codes have been put up yet. You can type a code below.");

function cardItem(card, start) {
  const payload = card.payload;
  return el("li", {}, el("button", { type: "button", class: "code", onclick: () => start(payload) },
    el("img", { src: codeAddress(payload), alt: "", width: 88, height: 88 }),
    el("span", {}, el("strong", { dir: "auto" }, card.title), el("span", { class: "hint", dir: "auto" }, card.text ?? ""),
      el("code", {}, payload))));
}

function typedCode(start) {
  const field = el("input", { id: "typed-code", autocomplete: "off", spellcheck: "false", "aria-describedby": "typed-code-hint" });
  const submit = (event) => { event.preventDefault(); start(field.value.trim().replace(PREFIX, "")); };
  return el("form", { class: "typed", onsubmit: submit },
    el("label", { for: "typed-code" }, "Or type a code, or paste a link"),
    el("div", { class: "joined" }, field, el("button", { type: "submit", class: "primary" }, "Open")),
    el("p", { class: "hint", id: "typed-code-hint" }, "Leave it empty to start without a code."));
}
