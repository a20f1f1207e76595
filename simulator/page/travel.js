/** Letting time go by: nobody waits three days to see what silence does. */

import { forward } from "./api.js";
import { el, iconButton, setAttribute, setText } from "./dom.js";
import { dayAndTime } from "./time.js";

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [["1 minute", MINUTE], ["1 hour", HOUR], ["1 day", DAY], ["4 days", 4 * DAY]];

export class Travel {
  constructor(root) {
    this.root = root;
    this.now = 0;
    this.until = null;
    this.opener = iconButton("forward", {
      label: "Let time go by", class: "quiet", "aria-expanded": "false", "aria-controls": "travel-steps", onclick: () => this.toggle(),
    });
    this.said = el("p", { class: "hint", role: "status" });
    this.steps = el("div", { class: "travel-steps", id: "travel-steps", role: "group", "aria-label": "Let time go by", hidden: true },
      el("p", { class: "hint" }, "Let time go by:"),
      el("div", { class: "travel-buttons" }, STEPS.map(([words, seconds]) =>
        el("button", { type: "button", class: "quiet", onclick: () => this.go(seconds) }, words))),
      this.said);
    root.append(this.opener, this.steps);
    root.addEventListener("keydown", (event) => { if (event.key === "Escape" && !this.steps.hidden) this.toggle(); });
    document.addEventListener("pointerdown", (event) => { if (!root.contains(event.target)) this.close(); });
  }

  /** Only a simulator whose clock can be moved offers it. */
  allow(movable) {
    this.root.hidden = !movable;
  }

  toggle() {
    const open = this.steps.hidden;
    this.close();
    if (open) {
      this.steps.hidden = false;
      setAttribute(this.opener, "aria-expanded", true);
    } else this.opener.focus();
  }

  close() {
    this.steps.hidden = true;
    setAttribute(this.opener, "aria-expanded", false);
  }

  /** The simulator may take a while to live through what happens in that time; the clock shows how far it is. */
  async go(seconds) {
    setText(this.said, "Time is going by…");
    this.until = (this.until ?? this.now) + seconds;
    try {
      this.tick((await forward(seconds)).now);
    } catch {
      this.until = null;
      setText(this.said, "The clock did not move. Please try again.");
    }
  }

  tick(now) {
    this.now = now;
    if (this.until === null || now < this.until) return;
    this.until = null;
    setText(this.said, `It is now ${dayAndTime(now)}.`);
  }
}
