/** The simulator's control API, as functions. */

const BASE = "/sim";

async function ask(path, options = {}) {
  const response = await fetch(BASE + path, options);
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`.slice(0, 200));
  const type = response.headers.get("content-type") ?? "";
  return type.includes("json") ? response.json() : null;
}

const post = (path, body) =>
  ask(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });

const phonePath = (id, action) => `/phones/${encodeURIComponent(id)}/${action}`;

export const fetchState = () => ask("/state");
export const fetchCards = () => ask("/cards");
export const fetchTranscript = (limit) => ask(`/transcript?limit=${limit}`);
export const fetchLedger = () => ask("/ledger");
export const fetchFaults = () => ask("/faults");
export const addFault = (fault) => post("/faults", fault);
export const clearFaults = () => ask("/faults", { method: "DELETE" });
export const forward = (seconds) => post("/clock", { forward: seconds });
export const addPhone = (phone) => post("/phones", phone);

export const say = (id, text, replyTo = null) => post(phonePath(id, "say"), { text, reply_to: replyTo });
export const tap = (id, messageId, data) => post(phonePath(id, "tap"), { message_id: messageId, data });
export const start = (id, payload = "") => post(phonePath(id, "start"), { payload });
export const edit = (id, messageId, text) => post(phonePath(id, "edit"), { message_id: messageId, text });
export const send = (id, kind) => post(phonePath(id, "send"), { kind });
export const block = (id, blocked) => post(phonePath(id, "block"), { blocked });

/** Sends a file the visitor chose, as a document. */
export function upload(id, file) {
  const body = new FormData();
  body.append("document", file, file.name);
  return ask(phonePath(id, "send"), { method: "POST", body });
}

export const fileAddress = (id, fileId) => `${BASE}${phonePath(id, "files")}/${encodeURIComponent(fileId)}`;
export const codeAddress = (payload) => `${BASE}/qr/${encodeURIComponent(payload)}.svg`;

/** Listens to the live events; the browser reconnects by itself, and `onConnection(up)` is told of both. */
export function listen({ onPhone, onClock, onBots, onConnection }) {
  const source = new EventSource(`${BASE}/events`);
  const hear = (name, handler) => source.addEventListener(name, (event) => handler(JSON.parse(event.data)));
  hear("phone", onPhone);
  hear("clock", onClock);
  hear("bots", onBots);
  source.addEventListener("open", () => onConnection(true));
  source.addEventListener("error", () => onConnection(false));
  return source;
}
