// One slash command being filled in: its options as fields, required ones first.

import { act } from "./api.js";
import { Combobox, filtered } from "./combobox.js";
import { el } from "./dom.js";
import { FilePicker } from "./files.js";
import { say } from "./words.js";

const STRING = 3, INTEGER = 4, BOOLEAN = 5, USER = 6, CHANNEL = 7, ROLE = 8, MENTIONABLE = 9, NUMBER = 10, ATTACHMENT = 11;
const SELECT_OF = { [USER]: 5, [ROLE]: 6, [MENTIONABLE]: 7, [CHANNEL]: 8 };
const yesOrNo = () => [{ label: say("yes"), value: true }, { label: say("no"), value: false }];

function growing(label, placeholder, onSubmit) {
  const input = el("textarea", { class: "field-input", rows: 1, placeholder, aria: { label } });
  input.addEventListener("input", () => {
    input.style.height = "auto";
    input.style.height = `${Math.min(input.scrollHeight, 160)}px`;
  });
  input.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    onSubmit();
  });
  return input;
}

function rangeText(option) {
  const { min_value: low, max_value: high } = option;
  if (low === undefined && high === undefined) return "";
  return say("range", { low: low ?? "…", high: high ?? "…" });
}

/** The form of one command. `done(sent)` is called when it was sent or given up. */
export class CommandForm {
  constructor({ command, channel, people, prefill = {}, send, done }) {
    Object.assign(this, { command, channel, people, send, done });
    this.fields = new Map();
    this.hint = el("p", { class: "hint", aria: { live: "polite" } }, command.description);
    this.grid = el("div", { class: "fields-grid" });
    this.more = el("div", { class: "more", role: "group", aria: { label: say("moreOptions") } });
    const close = el("button", { type: "button", class: "icon-button", aria: { label: say("giveUp") }, onclick: () => done(false) }, "×");
    const go = el("button", { type: "submit", class: "button primary" }, say("send"));
    this.node = el("form", { class: "command", aria: { label: say("commandForm", { name: command.label }) } },
      el("div", { class: "command-head" }, el("strong", { class: "command-name" }, `/${command.label}`), this.hint, close),
      this.grid, el("div", { class: "command-foot" }, this.more, go));
    this.node.addEventListener("submit", (event) => { event.preventDefault(); this.submit(); });
    this.node.addEventListener("keydown", (event) => event.key === "Escape" && done(false));
    for (const option of command.options) {
      if (option.required || option.name in prefill) this.addField(option, prefill[option.name]);
    }
    this.drawMore();
  }

  focus() {
    const [first] = this.fields.values();
    (first?.focusable ?? this.node.querySelector("[type=submit]")).focus();
  }

  drawMore() {
    const left = this.command.options.filter((option) => !this.fields.has(option.name));
    this.more.replaceChildren(...left.map((option) => el("button", {
      type: "button", class: "chip", title: option.description,
      onclick: () => { this.addField(option); this.drawMore(); this.fields.get(option.name).focusable.focus(); },
      onfocus: () => this.explain(option),
    }, `+ ${option.label}`)));
  }

  explain(option) {
    this.hint.replaceChildren(el("b", {}, option.label), ` · ${option.description}`);
  }

  addField(option, value) {
    const field = this.makeField(option);
    const remove = option.required ? null : el("button", { type: "button", class: "icon-button", aria: { label: say("remove", { name: option.label }) }, onclick: () => this.removeField(option) }, "×");
    field.box = el("div", { class: `field-box ${option.type === STRING && !option.choices.length ? "wide" : ""}` },
      el("span", { class: "field-name" }, option.label, option.required ? el("i", { title: say("required") }, " *") : null), field.node, remove);
    field.box.addEventListener("focusin", () => this.explain(option));
    field.box.addEventListener("input", () => field.box.classList.remove("wrong"));
    this.fields.set(option.name, field);
    this.grid.append(field.box);
    if (value === undefined) return;
    field.focusable.value = value;
    requestAnimationFrame(() => field.focusable.dispatchEvent(new Event("input")));
  }

  removeField(option) {
    this.fields.get(option.name).box.remove();
    this.fields.delete(option.name);
    this.drawMore();
    this.focus();
  }

  makeField(option) {
    const submit = () => this.submit();
    if (option.type === ATTACHMENT) {
      const picker = new FilePicker({ label: option.label, onChange: () => picker.node.closest(".field-box")?.classList.remove("wrong") });
      return { node: picker.node, focusable: picker.opener, read: () => picker.files[0] ?? null, picker };
    }
    const choices = this.choicesOf(option);
    if (choices || option.autocomplete) {
      const numeric = option.type === INTEGER || option.type === NUMBER;
      const source = option.autocomplete ? (text) => this.suggest(option, text) : filtered(choices);
      const box = new Combobox({ source, free: Boolean(option.autocomplete), label: option.label, placeholder: say(option.autocomplete ? "typeToSearch" : "choose"), onSubmit: submit, numeric });
      return { node: box.node, focusable: box.input, read: () => box.value };
    }
    if (option.type === STRING) {
      const input = growing(option.label, option.description, submit);
      return { node: input, focusable: input, read: () => input.value || null };
    }
    const input = el("input", { class: "field-input", inputMode: "decimal", placeholder: rangeText(option), aria: { label: option.label } });
    return { node: input, focusable: input, read: () => (input.value.trim() === "" ? null : Number(input.value)) };
  }

  choicesOf(option) {
    if (option.choices.length) return option.choices;
    if (option.type === BOOLEAN) return yesOrNo();
    return option.type in SELECT_OF ? this.people.options(SELECT_OF[option.type], []) : null;
  }

  async suggest(option, text) {
    const options = Object.fromEntries([...this.values()].filter(([name, value]) => name !== option.name && !(value instanceof File)));
    const outcome = await act({ do: "autocomplete", command: this.command.name, option: option.name, text, options, channel: this.channel });
    return outcome.choices;
  }

  values() {
    return [...this.fields].map(([name, field]) => [name, field.read()]).filter(([, value]) => value !== null);
  }

  /** Take files that were dropped anywhere on the composer. */
  takeFiles(files) {
    for (const option of this.command.options.filter((one) => one.type === ATTACHMENT)) {
      if (!files.length) return;
      if (!this.fields.has(option.name)) this.addField(option);
      const { picker } = this.fields.get(option.name);
      if (!picker.files.length) picker.add([files.shift()]);
    }
    this.drawMore();
  }

  submit() {
    const values = Object.fromEntries(this.values());
    const missing = this.command.options.find((option) => option.required && !(option.name in values));
    if (missing) {
      const field = this.fields.get(missing.name);
      field.box.classList.add("wrong");
      field.focusable.focus();
      this.hint.replaceChildren(el("b", {}, missing.label), ` ${say("needed")}`);
      return;
    }
    this.send({ do: "slash", command: this.command.name, options: values, channel: this.channel });
    this.done(true);
  }
}
