// Building elements without any HTML text, so that nothing a person writes can become markup.

/** Make an element. Keys that start with "on" are listeners; `class`, `data` and `aria` are shorthands. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "class") node.className = value;
    else if (key === "data") Object.assign(node.dataset, value);
    else if (key === "aria") for (const [name, text] of Object.entries(value)) node.setAttribute(`aria-${name}`, text);
    else if (key in node && key !== "role" && key !== "list") node[key] = value;
    else node.setAttribute(key, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Find an element of the page by id. */
export const byId = (id) => document.getElementById(id);

/** Return a colour of the wire format as CSS. */
export const cssColor = (number) => `#${Number(number).toString(16).padStart(6, "0")}`;

/** Return a round portrait with the initial of a name. */
export function portrait(person, size = "") {
  const node = el("span", { class: `portrait ${size} ${person.bot ? "bot" : ""}`, aria: { hidden: "true" } });
  if (person.bot) node.append(el("img", { src: "/page/mark.svg", alt: "" }));
  else node.textContent = person.name.slice(0, 1).toUpperCase();
  if (person.color) node.style.setProperty("--tint", cssColor(person.color));
  return node;
}

/** Return a link to a file on this server whatever loopback name the page was opened under. */
export function localLink(url) {
  if (!url || url.startsWith("blob:")) return url;
  const parsed = new URL(url, location.href);
  return /^\/(ephemeral-)?attachments\//.test(parsed.pathname) ? parsed.pathname + parsed.search : url;
}

/** Say whether a link leads to a file on this server. */
export const isLocal = (url) => localLink(url).startsWith("/") || url.startsWith("blob:");

/** Write a size in bytes for people. */
export function sizeText(bytes) {
  if (bytes < 1024) return `${bytes} bytes`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KiB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
}
