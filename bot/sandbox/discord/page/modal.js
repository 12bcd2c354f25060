// A modal that the bot opened, as a real dialog.

import { el } from "./dom.js";
import { FilePicker } from "./files.js";
import { markdown } from "./markdown.js";
import { Menu } from "./menu.js";
import { say } from "./words.js";

const ROW = 1, TEXT_INPUT = 4, TEXT = 10, LABEL = 18, FILE_UPLOAD = 19, RADIO = 21, CHECKBOXES = 22, CHECKBOX = 23;

function textField(component, label) {
  const most = component.max_length ?? 4000;
  const shared = { value: component.value ?? "", placeholder: component.placeholder ?? "", maxLength: most, required: component.required ?? true, aria: { label } };
  const input = component.style === 2 ? el("textarea", { class: "field-input", rows: 5, ...shared }) : el("input", { class: "field-input", type: "text", ...shared });
  if (component.min_length) input.minLength = component.min_length;
  const counter = el("span", { class: "counter" });
  const count = () => { counter.textContent = `${input.value.length} / ${most}`; };
  input.addEventListener("input", count);
  count();
  return { node: el("div", { class: "counted" }, input, counter), read: () => input.value, focusable: input };
}

function group(component, label, kind) {
  const inputs = component.options.map((option) => el("input", { type: kind, name: component.custom_id, value: option.value, checked: option.default }));
  const node = el("div", { class: "choices", role: kind === "radio" ? "radiogroup" : "group", aria: { label } },
    component.options.map((option, position) => el("label", { class: "choice" }, inputs[position], el("span", {}, option.label, option.description ? el("small", {}, option.description) : null))));
  const chosen = () => inputs.filter((input) => input.checked).map((input) => input.value);
  return { node, read: chosen, focusable: inputs[0] };
}

function makeField(component, label, people) {
  switch (component.type) {
    case TEXT_INPUT: return textField(component, label);
    case FILE_UPLOAD: {
      const picker = new FilePicker({ label, most: component.max_values ?? 1 });
      return { node: picker.node, read: () => picker.files, focusable: picker.opener };
    }
    case RADIO: return group(component, label, "radio");
    case CHECKBOXES: return group(component, label, "checkbox");
    case CHECKBOX: {
      const input = el("input", { type: "checkbox", checked: component.default, aria: { label } });
      return { node: input, read: () => input.checked, focusable: input };
    }
    default: {
      const options = component.type === 3
        ? component.options.map((one) => ({ label: one.label, value: one.value, hint: one.description, chosen: one.default }))
        : people.options(component.type, component.default_values ?? []);
      const menu = new Menu({ options, label: component.placeholder || label, least: component.min_values ?? 1, most: component.max_values ?? 1, onChosen: () => {} });
      return { node: menu.node, read: () => menu.values, focusable: menu.opener };
    }
  }
}

/** Show a modal. `submit(values)` resolves when the bot has answered and rejects with a sentence; then it stays open. */
export function openModal(modal, { people, names, submit }) {
  const fields = new Map();
  const parts = modal.components.map((part) => {
    if (part.type === TEXT) return el("div", { class: "text" }, markdown(part.content, names));
    const component = part.type === ROW ? part.components[0] : part.component;
    const label = part.type === LABEL ? part.label : component.label ?? "";
    const field = makeField(component, label, people);
    fields.set(component.custom_id, field);
    const needed = component.required ?? component.type !== CHECKBOX;
    return el("div", { class: "modal-field" }, el("span", { class: "modal-label" }, label, needed ? el("i", { title: say("required") }, " *") : null),
      part.description ? el("small", {}, part.description) : null, field.node);
  });
  const problem = el("p", { class: "problem", role: "alert" });
  const send = el("button", { type: "submit", class: "button primary" }, say("submit"));
  const cancel = el("button", { type: "button", class: "button secondary", onclick: () => dialog.close() }, say("cancel"));
  const form = el("form", { method: "dialog", class: "modal-form" }, el("h2", { id: "modal-title" }, modal.title), parts, problem, el("div", { class: "modal-foot" }, cancel, send));
  const dialog = el("dialog", { class: "modal", aria: { labelledby: "modal-title" }, onclose: () => dialog.remove() }, form);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    send.disabled = true;
    problem.textContent = "";
    try {
      await submit(Object.fromEntries([...fields].map(([id, field]) => [id, field.read()])));
      dialog.close();
    } catch (error) {
      problem.textContent = error.message;
      send.disabled = false;
    }
  });
  document.body.append(dialog);
  dialog.showModal();
  [...fields.values()][0]?.focusable?.focus();
}
