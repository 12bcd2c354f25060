// Components of messages, old style and Components V2.

import { cssColor, el, isLocal, localLink, sizeText } from "./dom.js";
import { markdown } from "./markdown.js";
import { Menu } from "./menu.js";
import { say } from "./words.js";

const STYLES = { 1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link", 6: "premium" };
const SELECTS = new Set([3, 5, 6, 7, 8]);

/** Draw components. `context` has `names`, `people`, `act(action)` and the `message` they stand in. */
export function drawComponents(components, context) {
  return components.map((component) => draw(component, context)).filter(Boolean);
}

function draw(component, context) {
  switch (component.type) {
    case 1: return el("div", { class: "row", role: "group" }, drawComponents(component.components, context));
    case 2: return button(component, context);
    case 9: return el("div", { class: "section" },
      el("div", { class: "section-texts" }, drawComponents(component.components, context)), draw(component.accessory, context));
    case 10: return el("div", { class: "text" }, markdown(component.content, context.names));
    case 11: return el("div", { class: "thumbnail" }, media(component.media, component));
    case 12: return gallery(component);
    case 13: return fileCard({ filename: component.name ?? "file", size: component.size ?? 0, url: component.file.url });
    case 14: return el(component.divider === false ? "div" : "hr", { class: component.spacing === 2 ? "gap wide" : "gap" });
    case 17: return container(component, context);
    default: return SELECTS.has(component.type) ? select(component, context) : null;
  }
}

function container(component, context) {
  const node = el("div", { class: component.spoiler ? "card veiled" : "card" }, drawComponents(component.components, context));
  if (component.accent_color !== null && component.accent_color !== undefined) {
    node.classList.add("accented");
    node.style.setProperty("--accent-bar", cssColor(component.accent_color));
  }
  if (component.spoiler) node.addEventListener("click", () => node.classList.remove("veiled"), { once: true });
  return node;
}

function emojiText(emoji) {
  return emoji ? (emoji.id ? `:${emoji.name}:` : emoji.name) : "";
}

function button(component, context) {
  const label = [emojiText(component.emoji), component.label].filter(Boolean).join(" ");
  const look = `button ${STYLES[component.style] ?? "secondary"}`;
  if (component.style === 5) {
    return el("a", { class: look, href: component.url, target: "_blank", rel: "noreferrer noopener" }, label, el("span", { aria: { hidden: "true" } }, " ↗"));
  }
  const node = el("button", { type: "button", class: look, disabled: component.disabled, data: { customId: component.custom_id ?? "" } }, label);
  node.addEventListener("click", () => busy(node, () => context.act({ do: "press", component: component.custom_id })));
  return node;
}

async function busy(node, action) {
  if (node.classList.contains("busy")) return;
  node.classList.add("busy");
  node.setAttribute("aria-busy", "true");
  try {
    await action();
  } finally {
    node.classList.remove("busy");
    node.removeAttribute("aria-busy");
  }
}

function select(component, context) {
  const options = component.type === 3
    ? component.options.map((one) => ({ label: one.label, value: one.value, hint: one.description, chosen: one.default, emoji: emojiText(one.emoji) }))
    : context.people.options(component.type, component.default_values ?? []);
  return new Menu({
    options,
    label: component.placeholder || say("choose"),
    disabled: component.disabled,
    customId: component.custom_id,
    least: component.min_values ?? 1,
    most: component.max_values ?? 1,
    onChosen: (values) => context.act({ do: "choose", component: component.custom_id, values }),
  }).node;
}

function gallery(component) {
  const node = el("div", { class: `gallery of-${Math.min(component.items.length, 4)}` });
  for (const item of component.items) node.append(media(item.media, item));
  return node;
}

/** Draw a picture, a film or a sound with its alternative text. */
export function media(item, { description, spoiler } = {}) {
  const url = localLink(item.url);
  const type = item.content_type ?? "";
  const alt = description ?? "";
  if (!isLocal(item.url)) return el("a", { class: "outside", href: item.url, target: "_blank", rel: "noreferrer noopener" }, say("outside", { url: item.url }));
  let node;
  if (type.startsWith("video/")) node = el("video", { src: url, controls: true, preload: "metadata", playsInline: true, aria: { label: alt || say("video") } });
  else if (type.startsWith("audio/")) node = el("audio", { src: url, controls: true, preload: "metadata", aria: { label: alt || say("sound") } });
  else if (type.startsWith("image/")) node = el("img", { src: url, alt, loading: "lazy" });
  else return fileCard({ filename: alt || "file", size: 0, url });
  if (item.width && item.height) {
    node.style.setProperty("--ratio", `${item.width} / ${item.height}`);
    node.classList.add("sized");
  }
  const frame = el("figure", { class: spoiler ? "media veiled" : "media" }, node);
  if (alt && alt !== "Video") frame.append(el("figcaption", { class: "alt", title: alt }, "ALT"));
  if (spoiler) frame.addEventListener("click", () => frame.classList.remove("veiled"), { once: true });
  return frame;
}

/** Draw a file that can only be downloaded. */
export function fileCard(file) {
  return el("a", { class: "file", href: localLink(file.url), download: file.filename },
    el("span", { class: "file-icon", aria: { hidden: "true" } }, "⤓"),
    el("span", { class: "file-name" }, file.filename, el("small", {}, file.size ? sizeText(file.size) : "")));
}

/** Draw the attachments of an old-style message. */
export function drawAttachments(attachments) {
  return attachments.map((one) => {
    const family = (one.content_type ?? "").split("/")[0];
    return ["image", "video", "audio"].includes(family) ? media(one, { description: one.description }) : fileCard(one);
  });
}

/** Draw an embed. */
export function drawEmbed(embed, names) {
  const node = el("div", { class: "card embed accented" });
  if (embed.color) node.style.setProperty("--accent-bar", cssColor(embed.color));
  if (embed.author?.name) node.append(el("p", { class: "embed-author" }, embed.author.name));
  if (embed.title) node.append(el("h4", {}, markdown(embed.title, names)));
  if (embed.description) node.append(el("div", { class: "text" }, markdown(embed.description, names)));
  if (embed.fields?.length) {
    node.append(el("div", { class: "fields" }, embed.fields.map((field) =>
      el("div", { class: field.inline ? "field inline" : "field" }, el("strong", {}, markdown(field.name, names)), el("div", { class: "text" }, markdown(field.value, names))))));
  }
  for (const picture of [embed.image, embed.thumbnail]) if (picture?.url) node.append(media({ ...picture, content_type: "image/png" }));
  if (embed.footer?.text) node.append(el("p", { class: "small" }, embed.footer.text));
  return node;
}
