/** The list of messages in one phone: patched in place, kept at the end while the reader is there, walked with arrow keys. */

import { el, iconButton } from "./dom.js";
import { makeItem, patchItem } from "./bubble.js";
import { dayName } from "./time.js";

const NEAR_END = 80;

const dayMark = (day) => el("li", { class: "day", "data-id": `day-${day}` }, el("span", {}, day));

/** The messages with a marker before the first of each day. */
function withDays(messages) {
  let last = null;
  return messages.flatMap((message) => {
    const day = dayName(message.date);
    const fresh = day !== last;
    last = day;
    return fresh ? [{ id: `day-${day}`, day }, { id: String(message.message_id), message }]
      : [{ id: String(message.message_id), message }];
  });
}

export class Conversation {
  /** `context`: phoneId, author(message), actions. */
  constructor(label, context) {
    this.context = context;
    this.list = el("ol", { class: "messages" });
    this.greeting = el("div", { class: "greeting", hidden: true });
    this.typing = el("p", { class: "typing", hidden: true }, el("span", { class: "sr-only" }, "Writing…"), el("i"), el("i"), el("i"));
    this.log = el("div", { class: "log", role: "log", "aria-label": label, "aria-live": "off", tabindex: "0" },
      this.greeting, this.list, this.typing);
    this.newer = iconButton("down", { label: "New messages: go to the end", class: "newer", hidden: true, onclick: () => { this.log.focus(); this.toEnd(); } });
    this.root = el("div", { class: "conversation" }, this.log, this.newer);
    this.log.addEventListener("keydown", (event) => this.walk(event));
    this.log.addEventListener("focusin", (event) => this.offerTools(event));
    this.log.addEventListener("scroll", () => this.onScroll(), { passive: true });
    this.stuck = true;
    this.top = 0;
    const sizes = new ResizeObserver(() => { if (this.stuck) this.toEnd(); });
    sizes.observe(this.list);
    sizes.observe(this.log);
  }

  /** Shows the messages; the first time without announcing them. */
  show(messages, typing) {
    const added = this.patch(messages);
    this.typing.hidden = !typing;
    if (this.stuck) this.toEnd();
    else if (added) this.newer.hidden = false;
    // Read out only what comes after the first picture, or every phone would be read aloud at once.
    setTimeout(() => this.log.setAttribute("aria-live", "polite"), 500);
  }

  patch(messages) {
    const wanted = withDays(messages);
    const known = new Map([...this.list.children].map((item) => [item.dataset.id, item]));
    let added = false;
    wanted.forEach((entry, index) => {
      const item = known.get(entry.id) ?? (entry.day ? dayMark(entry.day) : makeItem(entry.message));
      added ||= !known.delete(entry.id);
      if (this.list.children[index] !== item) this.list.insertBefore(item, this.list.children[index] ?? null);
      if (entry.message) this.refresh(item, entry.message);
    });
    for (const gone of known.values()) this.drop(gone);
    return added;
  }

  refresh(item, message) {
    if (!patchItem(item, message, this.context)) return;
    item.classList.remove("changed");
    requestAnimationFrame(() => item.classList.add("changed"));
  }

  drop(item) {
    if (item.contains(document.activeElement)) this.log.focus({ preventScroll: true });
    item.remove();
  }

  /**
   * Remembers whether the reader is at the end, as a picture or a tray may change the sizes later.
   * Only scrolling up leaves the end: new content also makes the end move away, and is heard of as a scroll first.
   */
  onScroll() {
    const { scrollTop, scrollHeight, clientHeight } = this.log;
    const near = scrollHeight - scrollTop - clientHeight < NEAR_END;
    if (near) this.newer.hidden = true;
    this.stuck = near || (this.stuck && scrollTop >= this.top);
    this.top = scrollTop;
  }

  toEnd() {
    this.stuck = true;
    this.log.scrollTop = this.log.scrollHeight;
    this.newer.hidden = true;
  }

  /** Moves focus to one message and into view. */
  reveal(messageId) {
    const item = this.list.querySelector(`[data-id="${messageId}"]`);
    item?.focus();
    item?.scrollIntoView({ block: "center" });
  }

  walk(event) {
    if (event.key !== "ArrowUp" && event.key !== "ArrowDown") return;
    const items = [...this.list.querySelectorAll(".message")];
    const here = items.indexOf(event.target.closest(".message"));
    const next = event.key === "ArrowUp" ? (here < 0 ? items.length - 1 : here - 1) : here + 1;
    if (!items[next] || (here < 0 && event.key === "ArrowDown")) return;
    event.preventDefault();
    items[next].focus();
  }

  offerTools(event) {
    const here = event.target.closest(".message");
    for (const button of this.list.querySelectorAll(".message-tools button")) {
      button.tabIndex = here?.contains(button) ? 0 : -1;
    }
  }
}
