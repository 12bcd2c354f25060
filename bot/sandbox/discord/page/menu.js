// A select menu: one or many of a list, with keyboard and screen reader in mind.

import { el } from "./dom.js";

let serial = 0;

/** A button that opens a list box. `onChosen` is called when the choice is complete. */
export class Menu {
  constructor({ options, label, disabled, customId, least = 1, most = 1, onChosen }) {
    this.options = options;
    this.label = label;
    this.least = least;
    this.most = Math.max(most, 1);
    this.onChosen = onChosen;
    this.chosen = new Set(options.filter((one) => one.chosen).map((one) => one.value));
    this.active = 0;
    serial += 1;
    this.listId = `menu-${serial}`;
    this.opener = el("button", {
      type: "button", class: "menu-opener", disabled, data: { customId: customId ?? "" },
      aria: { haspopup: "listbox", expanded: "false", controls: this.listId, label },
      onclick: () => (this.isOpen ? this.close() : this.open()), onkeydown: (event) => this.onKey(event),
    });
    this.list = el("ul", { id: this.listId, class: "menu-list", role: "listbox", hidden: true, aria: { label, multiselectable: String(this.most > 1) } });
    this.node = el("div", { class: "menu", onfocusout: (event) => this.node.contains(event.relatedTarget) || this.close() }, this.opener, this.list);
    this.refresh();
  }

  get isOpen() {
    return !this.list.hidden;
  }

  get values() {
    return this.options.filter((one) => this.chosen.has(one.value)).map((one) => one.value);
  }

  refresh() {
    const labels = this.options.filter((one) => this.chosen.has(one.value)).map((one) => one.label);
    this.opener.replaceChildren(el("span", { class: labels.length ? "" : "faint" }, labels.join(", ") || this.label), el("span", { aria: { hidden: "true" } }, "▾"));
    this.list.replaceChildren(...this.options.map((one, position) => el("li", {
      id: `${this.listId}-${position}`, role: "option", class: position === this.active ? "active" : "",
      aria: { selected: String(this.chosen.has(one.value)) }, data: { value: one.value },
      onmousedown: (event) => event.preventDefault(), onclick: () => this.pick(position),
    }, el("span", {}, [one.emoji, one.label].filter(Boolean).join(" "), one.hint ? el("small", {}, one.hint) : null),
    el("span", { class: "tick", aria: { hidden: "true" } }, this.chosen.has(one.value) ? "✓" : ""))));
    this.opener.setAttribute("aria-activedescendant", this.isOpen ? `${this.listId}-${this.active}` : "");
  }

  open() {
    this.before = this.values.join("\n");
    this.list.hidden = false;
    this.opener.setAttribute("aria-expanded", "true");
    this.refresh();
    this.list.scrollIntoView({ block: "nearest" });
  }

  close() {
    if (!this.isOpen) return;
    this.list.hidden = true;
    this.opener.setAttribute("aria-expanded", "false");
    if (this.most > 1 && this.values.join("\n") !== this.before && this.chosen.size >= this.least) this.onChosen(this.values);
  }

  pick(position) {
    const { value } = this.options[position];
    this.active = position;
    if (this.most === 1) {
      const same = this.chosen.has(value) && this.least === 0;
      this.chosen = new Set(same ? [] : [value]);
      this.refresh();
      this.close();
      this.onChosen(this.values);
      return;
    }
    if (this.chosen.has(value)) this.chosen.delete(value);
    else if (this.chosen.size < this.most) this.chosen.add(value);
    this.refresh();
  }

  onKey(event) {
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (event.key in steps) {
      event.preventDefault();
      if (!this.isOpen) this.open();
      else this.active = (this.active + steps[event.key] + this.options.length) % this.options.length;
      this.refresh();
      this.list.children[this.active]?.scrollIntoView({ block: "nearest" });
    } else if (["Enter", " "].includes(event.key) && this.isOpen) {
      event.preventDefault();
      this.pick(this.active);
    } else if (event.key === "Escape" && this.isOpen) {
      event.stopPropagation();
      this.close();
    }
  }
}
