// Picking files: by dialog, by drag and drop, by paste; with a preview.

import { el, sizeText } from "./dom.js";
import { say } from "./words.js";

/** Return a small preview of a file with a button that removes it. */
export function preview(file, onRemove) {
  const url = URL.createObjectURL(file);
  const family = file.type.split("/")[0];
  const picture = family === "image" ? el("img", { src: url, alt: "" })
    : family === "video" ? el("video", { src: url, muted: true, preload: "metadata" })
      : el("span", { class: "file-icon", aria: { hidden: "true" } }, "▤");
  const remove = el("button", { type: "button", class: "icon-button", aria: { label: say("remove", { name: file.name }) } }, "×");
  remove.addEventListener("click", () => {
    URL.revokeObjectURL(url);
    onRemove();
  });
  return el("div", { class: "preview" }, picture, el("span", { class: "file-name" }, file.name, el("small", {}, sizeText(file.size))), remove);
}

/** Let files be dropped on an element; it is marked while something hovers over it. */
export function acceptDrops(node, onFiles) {
  const hasFiles = (event) => event.dataTransfer?.types.includes("Files");
  for (const name of ["dragenter", "dragover"]) {
    node.addEventListener(name, (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      event.stopPropagation();
      node.classList.add("dropping");
    });
  }
  node.addEventListener("dragleave", (event) => node.contains(event.relatedTarget) || node.classList.remove("dropping"));
  node.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    event.stopPropagation();
    node.classList.remove("dropping");
    onFiles([...event.dataTransfer.files]);
  });
}

/** A place for files: press, drop or paste. */
export class FilePicker {
  constructor({ label, most = 1, onChange = () => {} }) {
    this.files = [];
    this.most = most;
    this.onChange = onChange;
    this.chooser = el("input", { type: "file", multiple: most > 1, class: "unseen", tabIndex: -1, aria: { label }, onchange: () => this.add([...this.chooser.files]) });
    this.opener = el("button", { type: "button", class: "drop-place", onclick: () => this.chooser.click() }, say("dropFile"));
    this.shown = el("div", { class: "previews" });
    this.node = el("div", { class: "picker" }, this.shown, this.opener, this.chooser);
    acceptDrops(this.node, (files) => this.add(files));
  }

  add(files) {
    this.files = this.most === 1 ? files.slice(0, 1) : [...this.files, ...files].slice(0, this.most);
    this.chooser.value = "";
    this.refresh();
  }

  refresh() {
    this.opener.hidden = this.files.length >= this.most;
    this.shown.replaceChildren(...this.files.map((file) => preview(file, () => {
      this.files = this.files.filter((one) => one !== file);
      this.refresh();
      this.opener.focus();
    })));
    this.onChange(this.files);
  }
}
