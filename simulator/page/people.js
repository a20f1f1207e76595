/** Adding one more phone, with an invented owner. */

import { addPhone } from "./api.js";
import { openDialog } from "./dialog.js";
import { el } from "./dom.js";
import { LANGUAGES } from "./languages.js";

const ROLES = ["Care worker", "Coordinator", "Officer", "Visitor"];
const NAMES = ["Blessing", "Marek", "Amina", "Joy", "Tomasz", "Leila", "Grace", "Samuel", "Ioana", "Kofi"];

const field = (label, control) => el("p", { class: "field" }, el("label", { for: control.id }, label), control);
const options = (pairs) => pairs.map(([value, words]) => el("option", { value }, words));

/** Opens the box; `bots` as in the simulator's state, `taken` the names already used, `added(id)` is told of the new phone. */
export function openAddPhone(bots, taken, added) {
  const free = NAMES.find((name) => !taken.includes(name)) ?? `Person ${taken.length + 1}`;
  const name = el("input", { id: "new-name", name: "name", value: free, required: true, maxlength: 40, autocomplete: "off", dir: "auto" });
  const role = el("select", { id: "new-role", name: "label" }, options(ROLES.map((word) => [word, word])));
  const language = el("select", { id: "new-language", name: "language_code" }, options(LANGUAGES));
  const bot = el("select", { id: "new-bot", name: "bot" }, options(bots.map((it) => [it.index, it.name || it.username])));
  const problem = el("p", { class: "problem", role: "status" });
  const dialog = openDialog("Add a phone", el("form", { class: "fields", onsubmit: save },
    field("Name (invented)", name), field("Who they are", role), field("Language of the phone", language),
    bots.length > 1 ? field("Which bot", bot) : null, problem,
    el("button", { type: "submit", class: "primary" }, "Add the phone")));
  name.select();

  async function save(event) {
    event.preventDefault();
    const wish = { name: name.value, label: role.value, language_code: language.value, bot: Number(bot.value || 0) };
    const state = await addPhone(wish).catch(() => null);
    if (!state) { problem.textContent = "The simulator didn't answer. Please try again."; return; }
    dialog.close();
    added(state);
  }
}
