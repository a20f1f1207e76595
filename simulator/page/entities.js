/**
 * Turns a Telegram text and its entities into nodes.
 * Offsets count UTF-16 units, as JavaScript strings do, so no conversion is needed.
 */

import { el } from "./dom.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};
const SAFE_LINK = /^(https?|mailto|tel):/i;
const START_LINK = /^(?:https?:\/\/)?(?:t\.me|telegram\.me)\/(\w+)\?start=([\w-]+)$/i;

const BLOCKS = ["pre", "blockquote", "expandable_blockquote"];
const isBlock = (entity) => BLOCKS.includes(entity.type);
const outerFirst = (a, b) => a.offset - b.offset || b.length - a.length;

/** A fragment with the text marked up; `actions` has `say(text)` and `start(payload)` for commands and deep links. */
export function renderText(text, entities = [], actions = {}) {
  const fragment = document.createDocumentFragment();
  fill(fragment, text, 0, text.length, [...entities].sort(outerFirst), actions);
  return fragment;
}

function fill(parent, text, from, to, entities, actions) {
  let at = from;
  let rest = entities;
  while (rest.length > 0) {
    const [entity, ...others] = rest;
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    const inside = others.filter((other) => other.offset < end);
    rest = others.slice(inside.length);
    if (end <= start) { rest = others; continue; }
    parent.append(text.slice(at, start));
    const node = wrap(entity, text.slice(start, end), actions);
    fill(node, text, start, end, inside, actions);
    parent.append(node);
    // A block ends its own line: the line break after it would show as an empty line.
    at = isBlock(entity) && text[end] === "\n" && end < to ? end + 1 : end;
  }
  parent.append(text.slice(at, to));
}

function wrap(entity, words, actions) {
  if (entity.type in TAGS) return el(TAGS[entity.type]);
  if (entity.type === "pre") return el("pre", { "data-language": entity.language });
  if (entity.type === "spoiler") return spoiler();
  if (entity.type === "bot_command") return command(words, actions);
  return link(addressOf(entity, words), actions) ?? el("span", { class: "plain-mark" });
}

function addressOf(entity, words) {
  if (entity.type === "text_link") return entity.url ?? "";
  if (entity.type === "email") return `mailto:${words}`;
  if (entity.type === "phone_number") return `tel:${words.replace(/[^+\d]/g, "")}`;
  if (entity.type !== "url") return "";
  return SAFE_LINK.test(words) ? words : `https://${words}`;
}

function link(address, actions) {
  const deep = START_LINK.exec(address);
  if (deep && actions.start) return asButton("link", () => actions.start(deep[2]));
  if (!SAFE_LINK.test(address)) return null;
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" });
}

function command(words, actions) {
  return actions.say ? asButton("link", () => actions.say(words)) : el("span");
}

function spoiler() {
  const node = asButton("spoiler", () => node.setAttribute("aria-pressed", "true"));
  node.setAttribute("aria-pressed", "false");
  node.setAttribute("title", "Hidden words: press to show");
  return node;
}

const asButton = (kind, onclick) => el("button", { type: "button", class: `in-text ${kind}`, dir: "auto", onclick });
