/** Puts the page together: phones from the simulator's state, kept live by its events. */

import { fetchState, listen } from "./api.js";
import { Backstage } from "./backstage.js";
import { el, icon, setAttribute, setText } from "./dom.js";
import { openEntry } from "./entry.js";
import { openAddPhone } from "./people.js";
import { Phone } from "./phone.js";
import { Tabs } from "./tabs.js";
import { dayAndTime, machineTime, setZone } from "./time.js";
import { Travel } from "./travel.js";

const byId = (id) => document.getElementById(id);
const stage = byId("phones");
const clock = byId("clock");
const phones = new Map();
const tabs = new Tabs(byId("tabs"), stage);
const travel = new Travel(byId("travel"));
let bots = [];
let now = Date.now() / 1000;

const botName = () => bots[0]?.name || bots[0]?.username || "the bot";

function showPhone(state) {
  const known = phones.get(state.id);
  if (known) {
    if (known.show(state)) tabs.news(known);
    return known;
  }
  const phone = new Phone(state, phones.size, { openEntry, botName: () => nameOfBot(state.bot) });
  phones.set(state.id, phone);
  stage.querySelector(".welcome")?.remove();
  stage.append(phone.root);
  tabs.add(phone);
  phone.tick(now);
  phone.conversation.toEnd();
  return phone;
}

/** A simulator that was started again knows other phones. */
function takeAway(phone) {
  phones.delete(phone.id);
  tabs.remove(phone);
  phone.root.remove();
}

const nameOfBot = (index) => bots.find((bot) => bot.index === index)?.name || botName();

function showClock(seconds) {
  now = seconds;
  setText(clock, dayAndTime(seconds));
  setAttribute(clock, "datetime", machineTime(seconds));
  travel.tick(seconds);
  for (const phone of phones.values()) phone.tick(seconds);
}

function showState(state) {
  setZone(state.timezone);
  bots = state.bots;
  travel.allow(state.clock_can_be_moved);
  showClock(state.now);
  const here = new Set(state.phones.map(({ id }) => id));
  for (const phone of [...phones.values()]) if (!here.has(phone.id)) takeAway(phone);
  state.phones.forEach(showPhone);
  if (phones.size === 0 && !stage.querySelector(".welcome")) stage.append(welcome());
}

const welcome = () => el("p", { class: "welcome" }, "No phones yet. Press “Add a phone” above to begin.");

function showConnection(up) {
  setText(byId("connection"), up ? "" : "The simulator isn't answering. Trying again…");
  if (up) refresh();
}

async function refresh() {
  await fetchState().then(showState, () => {});
}

function addButton(id, drawing, words, onclick) {
  const button = byId(id);
  button.append(icon(drawing), el("span", { class: "words" }, words));
  button.addEventListener("click", onclick);
  return button;
}

function begin() {
  const names = () => [...phones.values()].map(({ name }) => name);
  const added = (state) => { const phone = showPhone(state); tabs.choose(phone); phone.root.focus({ preventScroll: true }); };
  const backstage = new Backstage(byId("backstage"), byId("open-backstage"), (id) => phones.get(id)?.name);
  addButton("add-phone", "phone", "Add a phone", () => openAddPhone(bots, names(), added));
  addButton("open-backstage", "backstage", "Behind the scenes", () => backstage.toggle());
  listen({ onPhone: showPhone, onClock: (event) => showClock(event.now), onBots: refresh, onConnection: showConnection });
}

begin();
