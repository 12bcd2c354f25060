// Times, written for people and kept true while the page is open.

import { el } from "./dom.js";
import { spoken } from "./words.js";

const STEPS = [
  ["year", 31557600], ["month", 2629800], ["week", 604800], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1],
];
const STYLES = {
  t: { timeStyle: "short" }, T: { timeStyle: "medium" }, d: { dateStyle: "short" }, D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" }, F: { dateStyle: "full", timeStyle: "short" },
};

/** Say how far a Unix time in seconds is from now. */
export function relativeText(seconds) {
  const distance = seconds - Date.now() / 1000;
  const [unit, length] = STEPS.find(([, span]) => Math.abs(distance) >= span) ?? STEPS.at(-1);
  return new Intl.RelativeTimeFormat(spoken(), { numeric: "auto" }).format(Math.trunc(distance / length), unit);
}

/** Return an element for a timestamp of a message text. */
export function timestamp(seconds, style = "f") {
  const exact = new Intl.DateTimeFormat(spoken(), STYLES.F).format(seconds * 1000);
  const text = style === "R" ? relativeText(seconds) : new Intl.DateTimeFormat(spoken(), STYLES[style] ?? STYLES.f).format(seconds * 1000);
  const data = style === "R" ? { relative: seconds } : {};
  return el("time", { class: "timestamp", dateTime: new Date(seconds * 1000).toISOString(), title: exact, data }, text);
}

/** Return the time of day for today, and the date before it for other days. */
export function messageTime(text) {
  const date = new Date(text);
  const today = new Date().toDateString() === date.toDateString();
  const shown = new Intl.DateTimeFormat(spoken(), today ? STYLES.t : { dateStyle: "medium", timeStyle: "short" }).format(date);
  return el("time", { class: "when", dateTime: text, title: new Intl.DateTimeFormat(spoken(), STYLES.F).format(date) }, shown);
}

setInterval(() => {
  for (const node of document.querySelectorAll("time[data-relative]")) node.textContent = relativeText(Number(node.dataset.relative));
}, 1000);
