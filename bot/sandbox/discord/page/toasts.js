// Short notices at the edge of the page.

import { byId, el } from "./dom.js";
import { say } from "./words.js";

const SHOWN_MILLISECONDS = 7000;

/** Show a sentence for a while; `tone` is "error" or "calm". */
export function toast(text, tone = "error") {
  const note = el("div", { class: `toast ${tone}` }, el("span", {}, text),
    el("button", { type: "button", class: "icon-button", aria: { label: say("closeNotice") }, onclick: () => note.remove() }, "×"));
  byId("toasts").append(note);
  setTimeout(() => note.remove(), SHOWN_MILLISECONDS);
}
