/** What a message can carry beside words: pictures, files, places, contacts, voice, stickers. */

import { el, icon } from "./dom.js";
import { fileAddress } from "./api.js";

const UNITS = ["bytes", "KB", "MB"];

function readableSize(bytes) {
  if (!bytes) return "";
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), UNITS.length - 1);
  return `${(bytes / 1000 ** power).toFixed(power === 0 ? 0 : 1)} ${UNITS[power]}`;
}

const slip = (drawing, title, detail, name = "div", attributes = {}) =>
  el(name, { class: "slip", ...attributes },
    el("span", { class: "slip-mark" }, icon(drawing)),
    el("span", { class: "slip-words" },
      el("bdi", { class: "slip-title" }, title), el("span", { class: "slip-detail" }, detail)));

function photo(sizes, phoneId, message) {
  const largest = sizes[sizes.length - 1];
  const address = fileAddress(phoneId, largest.file_id);
  const alt = message.caption ? `Picture: ${message.caption}` : "A picture without a description";
  return el("a", { class: "photo", href: address, target: "_blank", rel: "noopener" },
    el("img", { src: address, alt, width: largest.width, height: largest.height, loading: "lazy" }),
    el("span", { class: "sr-only" }, " (opens in a new tab)"));
}

function file(document, phoneId) {
  const name = document.file_name ?? "File without a name";
  const detail = ["Download", readableSize(document.file_size)].filter(Boolean).join(" · ");
  return slip("document", name, detail, "a", { href: fileAddress(phoneId, document.file_id), download: name });
}

const degrees = ({ latitude, longitude }) => `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;

function place(location, title, detail) {
  const address = `geo:${location.latitude},${location.longitude}`;
  return el("div", { class: "place" },
    el("div", { class: "place-drawing", "aria-hidden": "true" }, icon("place")),
    slip("place", title, detail, "a", { href: address, title: "Open in a map app" }));
}

const seconds = (count) => (count === 1 ? "1 second" : `${count ?? 0} seconds`);

const KINDS = {
  photo: (it, phoneId, message) => photo(it, phoneId, message),
  document: file,
  venue: (it) => place(it.location, it.title, it.address),
  location: (it) => place(it, "A place on the map", degrees(it)),
  contact: (it) => slip("contact", [it.first_name, it.last_name].filter(Boolean).join(" "), it.phone_number),
  voice: (it) => slip("voice", "Voice message", seconds(it.duration)),
  audio: (it) => slip("voice", it.title ?? it.file_name ?? "Sound", seconds(it.duration)),
  video: (it) => slip("photo", it.file_name ?? "Video", seconds(it.duration)),
  video_note: (it) => slip("photo", "Video message", seconds(it.duration)),
  animation: (it) => slip("photo", it.file_name ?? "Moving picture", ""),
  sticker: (it) => el("p", { class: "sticker" }, el("span", { class: "sr-only" }, "Sticker "), it.emoji ?? "🙂"),
  dice: (it) => el("p", { class: "sticker" }, `${it.emoji ?? "🎲"} ${it.value}`),
};
// A venue also carries its location and an animation its document: the first kind in this order is the one shown.
const ORDER = ["venue", "animation", ...Object.keys(KINDS)];

/** The element for what the message carries, or null when it is only words. */
export function renderAttachment(message, phoneId) {
  const kind = ORDER.find((name) => message[name] !== undefined && message[name] !== null);
  return kind ? KINDS[kind](message[kind], phoneId, message) : null;
}

/** The attachment in one or two words, for quotes and pinned lines. */
export function describeAttachment(message) {
  const kind = ORDER.find((name) => message[name] !== undefined && message[name] !== null);
  return kind ? { video_note: "video message", dice: "dice" }[kind] ?? kind : "message";
}
