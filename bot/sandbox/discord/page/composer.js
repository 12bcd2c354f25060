// The box at the bottom: plain messages, the command palette, and commands being filled in.

import { el } from "./dom.js";
import { CommandForm } from "./command.js";
import { acceptDrops, preview } from "./files.js";
import { say, spoken } from "./words.js";

const PALETTE_LENGTH = 60;
const NARROW = matchMedia("(max-width: 760px)");

/** `send(action)` does what was composed; it never rejects. */
export class Composer {
  constructor(root, send) {
    this.root = root;
    this.send = send;
    this.files = [];
    this.found = [];
    this.active = 0;
    this.palette = el("div", { class: "palette", hidden: true });
    this.place = el("div", { class: "composer-place" });
    this.chooser = el("input", { type: "file", multiple: true, class: "unseen", tabIndex: -1, onchange: () => this.attach([...this.chooser.files]) });
    root.replaceChildren(this.palette, this.place, this.chooser);
    acceptDrops(root, (files) => this.attach(files));
  }

  /** Show the composer for a channel with its commands. */
  setChannel({ channel, slash, people }) {
    const same = this.channel?.id === channel.id;
    const sameWords = same && this.locale === spoken();
    const alike = sameWords && this.text && Boolean(slash.length) === Boolean(this.slash.length);
    Object.assign(this, { channel, slash, people, locale: spoken() });
    this.chooser.setAttribute("aria-label", say("attach"));
    if (sameWords && this.form) return;
    if (alike) {
      this.typed();
      return;
    }
    const draft = same ? this.text?.value ?? "" : "";
    if (!same) this.files = [];
    this.showText(draft);
  }

  showText(draft = "") {
    this.form = null;
    if (!this.channel.can_write) {
      this.text = null;
      this.hidePalette();
      this.place.replaceChildren(el("p", { class: "closed" }, say(this.channel.forum ? "postsOnly" : "readOnly")));
      return;
    }
    const place = `${this.channel.guild ? "#" : ""}${this.channel.name}`;
    const label = say(this.slash.length ? "writeOrCommand" : "write", { place });
    const placeholder = NARROW.matches ? say("write", { place }) : label;
    this.text = el("textarea", {
      id: "composer-text", rows: 1, value: draft, placeholder, role: "combobox",
      aria: { label, expanded: "false", controls: "palette-list", autocomplete: "list" },
      oninput: () => this.typed(), onkeydown: (event) => this.onKey(event), onpaste: (event) => this.onPaste(event),
    });
    this.tray = el("div", { class: "previews" });
    const attach = el("button", { type: "button", class: "icon-button", title: say("attach"), aria: { label: say("attach") }, onclick: () => this.chooser.click() }, "+");
    const slash = this.slash.length ? el("button", { type: "button", class: "icon-button slash", title: say("showCommands"), aria: { label: say("showCommands") }, onclick: () => this.openPalette() }, "/") : null;
    const form = el("form", { class: "write", onsubmit: (event) => { event.preventDefault(); this.sendText(); } },
      attach, this.text, slash, el("button", { type: "submit", class: "icon-button send", aria: { label: say("sendMessage") } }, "➤"));
    this.place.replaceChildren(this.tray, form);
    this.drawTray();
    this.typed();
  }

  openPalette() {
    if (!this.text) return;
    this.text.value = "/";
    this.text.focus();
    this.typed();
  }

  /** Begin a command by its name, with some options filled in. */
  begin(name, prefill = {}) {
    const command = this.slash.find((one) => one.name === name);
    if (command) this.startCommand(command, prefill);
  }

  attach(files) {
    this.chooser.value = "";
    if (this.form) {
      this.form.takeFiles(files);
      return;
    }
    if (!this.text) return;
    this.files = [...this.files, ...files].slice(0, 10);
    this.drawTray();
    this.text.focus();
  }

  drawTray() {
    this.tray.replaceChildren(...this.files.map((file) => preview(file, () => {
      this.files = this.files.filter((one) => one !== file);
      this.drawTray();
    })));
  }

  typed() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 220)}px`;
    const typed = this.text.value;
    if (!/^\/[^\n]*$/.test(typed) || !this.slash.length) {
      this.hidePalette();
      return;
    }
    const wanted = typed.slice(1).trimStart().toLowerCase();
    const begins = (one) => one.name.startsWith(wanted) || one.label.startsWith(wanted);
    const starts = this.slash.filter(begins);
    const contains = this.slash.filter((one) => !begins(one) && `${one.name} ${one.label} ${one.description}`.toLowerCase().includes(wanted));
    this.found = [...starts, ...contains].slice(0, PALETTE_LENGTH);
    this.active = 0;
    this.drawPalette();
  }

  drawPalette() {
    this.palette.hidden = false;
    this.text.setAttribute("aria-expanded", "true");
    this.text.setAttribute("aria-activedescendant", this.found.length ? `command-${this.active}` : "");
    const rows = this.found.map((one, position) => el("li", {
      id: `command-${position}`, role: "option", class: position === this.active ? "active" : "", aria: { selected: String(position === this.active) },
      onmousemove: () => { if (this.active !== position) { this.active = position; this.markActive(); } },
      onmousedown: (event) => { event.preventDefault(); this.startCommand(one); },
    }, el("span", { class: "command-name" }, `/${one.label}`), el("span", { class: "options" }, one.options.map((option) => el("i", { class: option.required ? "needed" : "" }, option.label))), el("small", {}, one.description)));
    const empty = this.found.length ? null : el("p", { class: "closed" }, say("noCommand"));
    this.palette.replaceChildren(
      el("p", { class: "palette-head" }, el("span", {}, say("commands")), el("span", { class: "keys" }, el("kbd", {}, "↑↓"), ` ${say("move")} `, el("kbd", {}, "Enter"), ` ${say("choose")} `, el("kbd", {}, "Esc"), ` ${say("close")}`)),
      el("ul", { id: "palette-list", role: "listbox", aria: { label: say("commands") } }, rows), empty ?? "");
  }

  markActive() {
    [...this.palette.querySelectorAll("li")].forEach((row, position) => {
      row.classList.toggle("active", position === this.active);
      row.setAttribute("aria-selected", String(position === this.active));
      if (position === this.active) row.scrollIntoView({ block: "nearest" });
    });
    this.text.setAttribute("aria-activedescendant", `command-${this.active}`);
  }

  hidePalette() {
    this.palette.hidden = true;
    this.text?.setAttribute("aria-expanded", "false");
  }

  startCommand(command, prefill) {
    this.hidePalette();
    const files = this.files;
    this.files = [];
    this.text = null;
    this.form = new CommandForm({
      command, channel: this.channel.id, people: this.people, prefill, send: this.send,
      done: () => { this.showText(); this.text?.focus(); },
    });
    this.place.replaceChildren(this.form.node);
    if (files.length) this.form.takeFiles(files);
    this.form.focus();
  }

  onPaste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    this.attach(files);
  }

  onKey(event) {
    if (event.isComposing) return;
    const open = !this.palette.hidden;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (open && event.key in steps && this.found.length) {
      event.preventDefault();
      this.active = (this.active + steps[event.key] + this.found.length) % this.found.length;
      this.markActive();
    } else if (open && ["Enter", "Tab"].includes(event.key) && this.found.length) {
      event.preventDefault();
      this.startCommand(this.found[this.active]);
    } else if (open && event.key === "Escape") {
      this.hidePalette();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.sendText();
    }
  }

  sendText() {
    const text = this.text.value.trim();
    if (!text && !this.files.length) return;
    this.send({ do: "say", text, files: this.files, channel: this.channel.id });
    this.files = [];
    this.text.value = "";
    this.drawTray();
    this.typed();
  }
}
