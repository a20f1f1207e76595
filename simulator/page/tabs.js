/** On a narrow screen one phone is in view at a time, chosen by tab or by swiping sideways. */

import { el, setAttribute } from "./dom.js";

const narrow = window.matchMedia("(max-width: 699px)");
const still = window.matchMedia("(prefers-reduced-motion: reduce)");

export class Tabs {
  constructor(root, stage) {
    this.root = root;
    this.stage = stage;
    this.phones = [];
    this.current = null;
    this.watcher = new IntersectionObserver((entries) => this.onSwipe(entries), { root: stage, threshold: 0.6 });
    narrow.addEventListener("change", () => this.apply());
    root.addEventListener("keydown", (event) => this.onKey(event));
  }

  add(phone) {
    const tab = el("button", { type: "button", role: "tab", id: `tab-${phone.id}`, "aria-controls": phone.root.id, onclick: () => this.choose(phone) },
      el("bdi", {}, phone.name), el("span", { class: "tab-label" }, phone.label), el("span", { class: "tab-news", hidden: true }, el("span", { class: "sr-only" }, "new message")));
    tab.style.setProperty("--hue", phone.root.style.getPropertyValue("--hue"));
    phone.tab = tab;
    this.phones.push(phone);
    this.root.append(tab);
    this.watcher.observe(phone.root);
    this.current ??= phone;
    this.apply();
  }

  remove(phone) {
    this.watcher.unobserve(phone.root);
    this.phones = this.phones.filter((other) => other !== phone);
    phone.tab.remove();
    if (this.current === phone) this.current = this.phones[0] ?? null;
    this.apply();
  }

  /** Tabs and tab panels when narrow; named regions side by side otherwise. */
  apply() {
    this.root.hidden = !narrow.matches || this.phones.length === 0;
    for (const phone of this.phones) {
      const here = phone === this.current;
      setAttribute(phone.tab, "aria-selected", here);
      phone.tab.tabIndex = here ? 0 : -1;
      setAttribute(phone.root, "role", narrow.matches ? "tabpanel" : null);
      phone.root.inert = narrow.matches && !here;
    }
  }

  /** Marks the tab of a phone out of view that has got a message. */
  news(phone) {
    if (phone !== this.current) phone.tab.lastElementChild.hidden = false;
  }

  choose(phone) {
    this.mark(phone);
    phone.root.scrollIntoView({ behavior: still.matches ? "instant" : "smooth", block: "nearest", inline: "center" });
  }

  mark(phone) {
    this.current = phone;
    phone.tab.lastElementChild.hidden = true;
    this.apply();
    if (narrow.matches) phone.tab.scrollIntoView({ behavior: "instant", block: "nearest", inline: "nearest" });
  }

  onSwipe(entries) {
    const seen = entries.find((entry) => entry.isIntersecting);
    const phone = seen && this.phones.find(({ root }) => root === seen.target);
    if (phone && narrow.matches) this.mark(phone);
  }

  onKey(event) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const count = this.phones.length;
    const next = this.phones[(this.phones.indexOf(this.current) + step + count) % count];
    this.choose(next);
    next.tab.focus();
  }
}
