// A text field with suggestions: fixed choices, people, channels, or whatever the bot proposes.

import { el } from "./dom.js";

const PAUSE_MILLISECONDS = 120;
let serial = 0;

/** `source(text)` gives suggestions `{label, value, hint}`; `free` lets any text stand as the value. */
export class Combobox {
  constructor({ source, free = false, placeholder = "", label, onSubmit, numeric = false }) {
    this.source = source;
    this.free = free;
    this.onSubmit = onSubmit;
    this.numeric = numeric;
    this.items = [];
    this.active = -1;
    this.picked = null;
    this.asked = 0;
    serial += 1;
    this.listId = `suggestions-${serial}`;
    this.input = el("input", {
      class: "field-input", type: "text", autocomplete: "off", placeholder, role: "combobox", spellcheck: free,
      aria: { label, expanded: "false", controls: this.listId, autocomplete: "list" },
      oninput: () => this.typed(), onfocus: () => this.ask(), onblur: () => this.close(), onkeydown: (event) => this.onKey(event),
    });
    this.list = el("ul", { id: this.listId, class: "menu-list upward", role: "listbox", hidden: true, aria: { label } });
    this.node = el("div", { class: "menu" }, this.input, this.list);
  }

  get value() {
    const text = this.input.value;
    if (this.picked && this.picked.label === text) return this.picked.value;
    if (!text.trim()) return null;
    if (!this.free) return this.items.find((one) => one.label.toLowerCase() === text.trim().toLowerCase())?.value ?? null;
    return this.numeric ? Number(text) : text;
  }

  typed() {
    this.picked = null;
    clearTimeout(this.timer);
    // The bot is asked less often than keys are pressed; a fixed list is filtered before the next key.
    if (this.free) this.timer = setTimeout(() => this.ask(), PAUSE_MILLISECONDS);
    else this.ask();
  }

  async ask() {
    const number = ++this.asked;
    const text = this.picked ? "" : this.input.value;
    let items;
    try {
      items = await this.source(text);
    } catch {
      items = [];
    }
    if (number !== this.asked || document.activeElement !== this.input) return;
    this.items = items;
    this.active = this.free || !items.length ? -1 : 0;
    this.show();
  }

  show() {
    this.list.hidden = !this.items.length;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.list.replaceChildren(...this.items.map((one, position) => el("li", {
      id: `${this.listId}-${position}`, role: "option", class: position === this.active ? "active" : "",
      aria: { selected: String(position === this.active) },
      onmousedown: (event) => { event.preventDefault(); this.pick(position); },
    }, el("span", {}, one.label, one.hint ? el("small", {}, one.hint) : null))));
    this.input.setAttribute("aria-activedescendant", this.active >= 0 ? `${this.listId}-${this.active}` : "");
    this.list.children[this.active]?.scrollIntoView({ block: "nearest" });
  }

  pick(position) {
    this.picked = this.items[position];
    this.input.value = this.picked.label;
    this.close();
    this.input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  close() {
    clearTimeout(this.timer);
    this.asked += 1;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
  }

  onKey(event) {
    if (event.isComposing) return;
    const open = !this.list.hidden;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      if (!open) this.ask();
      else this.active = (this.active + steps[event.key] + this.items.length) % this.items.length;
      if (open) this.show();
    } else if (["Enter", "Tab"].includes(event.key) && open && this.active >= 0) {
      if (event.key === "Enter") event.preventDefault();
      this.pick(this.active);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.onSubmit?.();
    } else if (event.key === "Escape" && open) {
      event.stopPropagation();
      this.close();
    }
  }
}

/** Return a source that filters a fixed list by what is typed. */
export function filtered(options) {
  return async (text) => {
    const wanted = text.trim().toLowerCase();
    return options.filter((one) => one.label.toLowerCase().includes(wanted)).slice(0, 25);
  };
}
