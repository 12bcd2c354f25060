// The markdown of messages, turned into elements.

import { el } from "./dom.js";
import { timestamp } from "./time.js";
import { say } from "./words.js";

const INLINE = [
  [/^\\([^\w\s])/, (match) => [match[1]]],
  [/^``(.+?)``(?!`)/s, (match) => [el("code", {}, match[1].trim())]],
  [/^`([^`]+)`/, (match) => [el("code", {}, match[1])]],
  [/^<t:(-?\d{1,13})(?::([tTdDfFR]))?>/, (match) => [timestamp(Number(match[1]), match[2])]],
  [/^<@!?(\d+)>/, (match, names) => [mention("@" + (names.user(match[1]) ?? say("unknown")), names.you === match[1])]],
  [/^<@&(\d+)>/, (match, names) => [mention("@" + (names.role(match[1]) ?? say("unknown")))]],
  [/^<#(\d+)>/, (match, names) => [channelMention(match[1], names)]],
  [/^<\/([^:>]+):\d+>/, (match) => [mention("/" + match[1])]],
  [/^<a?:(\w+):\d+>/, (match) => [`:${match[1]}:`]],
  [/^@(everyone|here)\b/, (match) => [mention(match[0])]],
  [/^\[([^\]\n]+)\]\(<?(https?:\/\/[^\s)>]+)>?\)/, (match, names) => [link(match[2], inline(match[1], names))]],
  [/^<(https?:\/\/[^\s>]+)>/, (match) => [link(match[1], [match[1]])]],
  [/^https?:\/\/[^\s<>)]+[^\s<>).,!?:;'"]/, (match) => [link(match[0], [match[0]])]],
  [/^\*\*\*(.+?)\*\*\*(?!\*)/s, (match, names) => [el("strong", {}, el("em", {}, inline(match[1], names)))]],
  [/^\*\*(.+?)\*\*(?!\*)/s, (match, names) => [el("strong", {}, inline(match[1], names))]],
  [/^__(.+?)__(?!_)/s, (match, names) => [el("u", {}, inline(match[1], names))]],
  [/^\*(?=\S)(.+?)(?<=\S)\*(?!\*)/s, (match, names) => [el("em", {}, inline(match[1], names))]],
  [/^_(?=\S)([^_]+?)(?<=\S)_(?!\w)/s, (match, names) => [el("em", {}, inline(match[1], names))]],
  [/^~~(.+?)~~/s, (match, names) => [el("s", {}, inline(match[1], names))]],
  [/^\|\|(.+?)\|\|/s, (match, names) => [spoiler(inline(match[1], names))]],
  [/^\n/, () => [el("br")]],
];
const PLAIN = /^[^\\`<@[h*_~|\n]+|^./su;

function mention(text, you = false) {
  return el("span", { class: you ? "mention you" : "mention" }, text);
}

function channelMention(id, names) {
  const name = names.channel(id);
  return name ? el("a", { class: "mention", href: names.hrefOf(id) }, "#" + name) : mention("#" + say("unknown"));
}

function link(url, children) {
  return el("a", { href: url, target: "_blank", rel: "noreferrer noopener" }, children);
}

function spoiler(children) {
  const node = el("span", { class: "spoiler", role: "button", tabIndex: 0, aria: { label: say("spoiler") } }, children);
  const reveal = () => node.classList.add("shown");
  node.addEventListener("click", reveal);
  node.addEventListener("keydown", (event) => event.key === "Enter" && reveal());
  return node;
}

function inline(text, names) {
  const parts = [];
  let rest = text;
  while (rest) {
    let found = null;
    for (const [pattern, make] of INLINE) {
      const match = pattern.exec(rest);
      if (match) {
        found = [match[0].length, make(match, names)];
        break;
      }
    }
    if (!found) {
      const plain = PLAIN.exec(rest)[0];
      found = [plain.length, [plain]];
    }
    parts.push(...found[1]);
    rest = rest.slice(found[0]);
  }
  return parts;
}

const HEADING = /^(#{1,3}) +(.+)$/;
const SMALL = /^-# +(.+)$/;
const ITEM = /^( *)(?:[-*]|(\d+)\.) +(.+)$/;
const FENCE = /```(?:[\w+-]*\n)?([\s\S]*?)```/;

/** Turn a message text into elements. `names` resolves ids of users, roles and channels. */
export function markdown(text, names) {
  const fence = FENCE.exec(text);
  if (!fence) return blocks(text, names);
  const before = text.slice(0, fence.index).replace(/\n$/, "");
  const after = text.slice(fence.index + fence[0].length).replace(/^\n/, "");
  return [...blocks(before, names), el("pre", {}, el("code", {}, fence[1].replace(/\n$/, ""))), ...markdown(after, names)];
}

function blocks(text, names) {
  const made = [];
  let paragraph = [];
  const flush = () => {
    if (paragraph.length) made.push(el("p", {}, inline(paragraph.join("\n"), names)));
    paragraph = [];
  };
  const lines = text ? text.split("\n") : [];
  for (let position = 0; position < lines.length; position += 1) {
    const line = lines[position];
    const heading = HEADING.exec(line);
    const small = SMALL.exec(line);
    if (heading) {
      flush();
      made.push(el(`h${heading[1].length + 2}`, {}, inline(heading[2], names)));
    } else if (small) {
      flush();
      made.push(el("p", { class: "small" }, inline(small[1], names)));
    } else if (line.startsWith("> ")) {
      flush();
      const quoted = [];
      while (position < lines.length && lines[position].startsWith("> ")) quoted.push(lines[position++].slice(2));
      position -= 1;
      made.push(el("blockquote", {}, inline(quoted.join("\n"), names)));
    } else if (line.startsWith(">>> ")) {
      flush();
      made.push(el("blockquote", {}, inline([line.slice(4), ...lines.slice(position + 1)].join("\n"), names)));
      position = lines.length;
    } else if (ITEM.test(line)) {
      flush();
      const first = ITEM.exec(line);
      const list = el(first[2] ? "ol" : "ul", first[2] ? { start: Number(first[2]) } : {});
      for (let item = ITEM.exec(line); item; item = ITEM.exec(lines[++position] ?? "")) {
        const node = el("li", {}, inline(item[3], names));
        if (item[1].length >= 2) node.classList.add("nested");
        list.append(node);
      }
      position -= 1;
      made.push(list);
    } else {
      paragraph.push(line);
    }
  }
  flush();
  return made;
}
