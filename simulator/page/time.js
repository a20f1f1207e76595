/** Dates and times as people here write them. The simulator's clock counts, not the visitor's. */

let zone;

/** Uses the borough's time zone when the simulator names one; otherwise the visitor's own. */
export function setZone(name) {
  if (name) zone = name;
}

const format = (seconds, options) => new Intl.DateTimeFormat("en-GB", { timeZone: zone, ...options }).format(seconds * 1000);

export const clockTime = (seconds) => format(seconds, { hour: "2-digit", minute: "2-digit" });
export const preciseTime = (seconds) => format(seconds, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
export const dayAndTime = (seconds) =>
  `${format(seconds, { weekday: "short", day: "numeric", month: "short" })}, ${clockTime(seconds)}`;
export const dayName = (seconds) => format(seconds, { weekday: "long", day: "numeric", month: "long" });
export const machineTime = (seconds) => new Date(seconds * 1000).toISOString();
