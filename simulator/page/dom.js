/** Builds page elements. Text always becomes a text node, so nothing a person typed can turn into markup. */

const SVG = "http://www.w3.org/2000/svg";

const isThere = (child) => child !== null && child !== undefined && child !== false;

function assign(node, key, value) {
  if (!isThere(value)) return;
  if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
  else node.setAttribute(key, value === true ? "" : String(value));
}

/** An element with attributes ("onclick" and the like are listeners) and children. */
export function el(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) assign(node, key, value);
  node.append(...children.flat().filter(isThere));
  return node;
}

/** Sets an attribute only when it changes, so screen readers aren't told twice; null takes it away, false is a value. */
export function setAttribute(node, name, value) {
  if (value === null || value === undefined) node.removeAttribute(name);
  else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
}

/** Sets the text only when it changes, so live regions stay quiet otherwise. */
export function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/** A line drawing from the set in `paths`, hidden from screen readers. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.classList.add("icon");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", paths[name]);
  svg.append(path);
  return svg;
}

/** A button with a drawing and a name; `words` are shown beside the drawing, `label` is only read out. */
export function iconButton(drawing, { label, words, ...attributes }) {
  const caption = words ? el("span", { class: "words" }, words) : null;
  return el("button", { type: "button", "aria-label": label, title: label, ...attributes }, icon(drawing), caption);
}

const paths = {
  add: "M12 5v14M5 12h14",
  backstage: "M4 7h10M18 7h2M4 17h2M10 17h10M16 4.5v5M8 14.5v5",
  block: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM6 6l12 12",
  close: "M6 6l12 12M18 6 6 18",
  contact: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8ZM4.5 20.5a7.5 7.5 0 0 1 15 0",
  document: "M6 3.5h8l4.5 4.5v12.5H6ZM14 3.5V8h4.5M9 13h6M9 16.5h4",
  down: "M12 5v14M6 13l6 6 6-6",
  forward: "M4.5 6.5 11 12l-6.5 5.5ZM12.5 6.5 19 12l-6.5 5.5Z",
  edit: "M4.5 19.5l1-4.5L16 4.5l3.5 3.5L9 18.5Z",
  keyboard: "M3.5 6.5h17v11h-17ZM7 10h.01M10.300 10h.01M13.700 10h.01M17 10h.01M8 14h8",
  lock: "M6 11h12v9H6ZM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  menu: "M5 7h14M5 12h14M5 17h9",
  phone: "M8 3.5h8a1.5 1.5 0 0 1 1.5 1.5v14a1.5 1.5 0 0 1-1.5 1.5H8A1.5 1.5 0 0 1 6.5 19V5A1.5 1.5 0 0 1 8 3.5ZM11 17.5h2",
  photo: "M4 5.5h16v13H4ZM4 16l4.5-4.5 4 4 2.5-2.5 5 5M15.5 9.200h.01",
  pin: "M9 4h6l-.8 6.5 3.300 3.5H6.5l3.300-3.5ZM12 14v6.5",
  place: "M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11ZM12 12.300a2.300 2.300 0 1 0 0-4.600 2.300 2.300 0 0 0 0 4.600Z",
  reply: "M10 6 4.5 11.5 10 17M5 11.5h8.5a6 6 0 0 1 6 6V19",
  scan: "M4 8.5V4h4.5M15.5 4H20v4.5M20 15.5V20h-4.5M8.5 20H4v-4.5M8.5 8.5h2.5V11H8.5ZM13.5 13.5h2V15.5h-2ZM14 8.5h1.5V10M8.5 14v1.5H10",
  send: "M12 19V5.5M6 11.5l6-6 6 6",
  sticker: "M12 3.5a8.5 8.5 0 1 0 8.5 8.5L12 3.5ZM12 3.5c-.5 5 3.5 9 8.5 8.5M9 14.5c1.5 1.700 3.5 1.700 5 0",
  voice: "M12 3.5a2.5 2.5 0 0 1 2.5 2.5v6a2.5 2.5 0 0 1-5 0V6A2.5 2.5 0 0 1 12 3.5ZM6 11.5a6 6 0 0 0 12 0M12 17.5v3",
};
