/** The drawer behind the scenes: trouble to switch on, the calls made, what truly arrived. */

import { addFault, clearFaults, fetchFaults, fetchLedger, fetchTranscript } from "./api.js";
import { el, iconButton, setAttribute } from "./dom.js";
import { preciseTime } from "./time.js";

const EVERY = 2000;
const LIMIT = 60;
const EXCERPT = 90;
const TROUBLES = [
  ["The network loses the next answer", "It is acted on, but nobody hears so.", { kind: "lose", times: 1 }],
  ["The next call never gets there", "The connection is refused.", { kind: "refuse", times: 1 }],
  ["Half an answer, then silence", "It is acted on; the answer breaks off.", { kind: "half_open", times: 1 }],
  ["The next answer takes 10 seconds", "Nothing is done meanwhile.", { kind: "hang", times: 1, seconds: 10 }],
  ["“Too fast, wait 3 seconds”", "Telegram's error 429, once.", { kind: "429", times: 1, retry_after: 3 }],
  ["Telegram stumbles three times", "Error 502 to the next three.", { kind: "502", times: 3 }],
  ["A broken update arrives", "One that nobody can read.", { kind: "malformed", method: "getUpdates", times: 1 }],
];

export class Backstage {
  /** `nameOf(chatId)` is whose phone that is. */
  constructor(root, opener, nameOf) {
    this.root = root;
    this.receiptLine = (entry) => receiptLine(entry, nameOf(entry.chat_id));
    this.opener = opener;
    this.waiting = el("ul", { class: "faults", "aria-label": "Trouble switched on" });
    this.said = el("p", { class: "hint", role: "status" });
    this.calls = el("ol", { class: "calls" });
    this.receipts = el("ol", { class: "calls" });
    root.append(
      el("div", { class: "dialog-head" }, el("h2", {}, "Behind the scenes"),
        iconButton("close", { label: "Close", class: "round", onclick: () => this.toggle() })),
      this.part("What if…", this.switches()),
      this.part("What arrived on the phones", this.receipts),
      this.part("Calls to the simulated Telegram", this.calls));
    root.addEventListener("keydown", (event) => { if (event.key === "Escape") this.toggle(); });
  }

  part(title, ...content) {
    return el("details", { class: "part", open: title === "What if…", ontoggle: () => this.refresh() }, el("summary", {}, title), ...content);
  }

  switches() {
    const buttons = TROUBLES.map(([words, detail, fault]) =>
      el("button", { type: "button", class: "trouble", onclick: () => this.cause(words, fault) },
        el("strong", {}, words), el("span", {}, detail)));
    const clear = el("button", { type: "button", class: "quiet", onclick: () => this.calm() }, "Switch all trouble off");
    return el("div", {}, el("p", { class: "hint" }, "Each one happens to the program's next message to anyone."),
      el("div", { class: "troubles" }, buttons), this.said, this.waiting, clear);
  }

  async cause(words, fault) {
    const done = await addFault({ method: "sendMessage", ...fault }).then(() => true, () => false);
    this.said.textContent = done ? `Ready: ${words.toLowerCase()}.` : "The simulator didn't take that.";
    this.refresh();
  }

  async calm() {
    await clearFaults().catch(() => {});
    this.said.textContent = "All trouble is off.";
    this.refresh();
  }

  toggle() {
    const open = this.root.hidden;
    this.root.hidden = !open;
    setAttribute(this.opener, "aria-expanded", open);
    clearInterval(this.timer);
    if (open) {
      this.refresh();
      this.timer = setInterval(() => this.refresh(), EVERY);
      this.root.querySelector("button").focus();
    } else this.opener.focus();
  }

  /** Fetches what the open parts show; a list that someone is reading an entry of is left as it is. */
  async refresh() {
    const open = (list) => list.closest("details").open && !list.querySelector("[open]");
    await Promise.allSettled([
      fetchFaults().then((found) => this.showFaults(listIn(found, "faults"))),
      open(this.receipts) && fetchLedger().then((found) => fill(this.receipts, listIn(found, "ledger"), this.receiptLine)),
      open(this.calls) && fetchTranscript(LIMIT).then((found) => fill(this.calls, listIn(found, "transcript"), callLine)),
    ]);
  }

  showFaults(faults) {
    this.waiting.replaceChildren(...faults.map((fault) =>
      el("li", {}, `Waiting: ${fault.kind} on ${fault.method ?? "any call"}, ${fault.times ?? 1} left`)));
  }
}

const listIn = (found, name) => (Array.isArray(found) ? found : found?.[name] ?? []);

function fill(list, entries, line) {
  const newest = entries.slice(-LIMIT).reverse();
  list.replaceChildren(...(newest.length > 0 ? newest.map(line) : [el("li", { class: "hint" }, "Nothing yet.")]));
}

const entryLine = (entry, title, mark, rest) =>
  el("li", {}, el("details", {}, el("summary", {}, el("time", {}, preciseTime(entry.at)), " ", el("strong", {}, title), " ",
    el("bdi", { class: "outcome" }, mark)), el("pre", { dir: "auto", tabindex: "0" }, JSON.stringify(rest, null, 2))));

const receiptLine = (entry, name) =>
  entryLine(entry, name ?? `Chat ${entry.chat_id}`, (entry.text || entry.method).slice(0, EXCERPT), entry);

const callLine = (entry) => entryLine(entry, entry.method, String(entry.outcome ?? entry.status ?? ""), entry);
