// The list of messages in a channel.

import { drawAttachments, drawComponents, drawEmbed } from "./components.js";
import { cssColor, el, portrait } from "./dom.js";
import { markdown } from "./markdown.js";
import { messageTime } from "./time.js";
import { say } from "./words.js";

const VERSION_TWO = 1 << 15;
const GROUP_MILLISECONDS = 5 * 60 * 1000;
const NEAR_END_PIXELS = 160;

/** Write a message without the parts of links that change each time. */
const fingerprint = (message) => JSON.stringify(message).replace(/\?ex=[^"]*/g, "");

export class MessageList {
  /** `context` has `names`, `people`, `person(id)`, `act(action)`, `commandLabel(name)`, `messageCommands`, `mayDelete(message)` and `emptyState()`. */
  constructor(root, context) {
    this.root = root;
    this.context = context;
    this.messages = new Map();
  }

  show(messages) {
    this.messages = new Map(messages.map((one) => [one.id, one]));
    this.draw();
    this.root.scrollTop = this.root.scrollHeight;
  }

  put(message) {
    const known = this.messages.get(message.id);
    if (known && fingerprint(known) === fingerprint(message)) return;
    const atEnd = this.root.scrollHeight - this.root.scrollTop - this.root.clientHeight < NEAR_END_PIXELS;
    this.messages.set(message.id, message);
    if (known) {
      this.replace(message);
    } else {
      this.root.append(this.drawMessage(message, [...this.messages.values()].at(-2)));
      this.drawHint();
    }
    if (atEnd) this.keepAtEnd();
  }

  remove(id) {
    const all = [...this.messages.values()];
    const position = all.findIndex((one) => one.id === id);
    if (!this.messages.delete(id)) return;
    const following = all[position + 1];
    this.root.querySelector(`[data-message="${id}"]`)?.remove();
    if (following) this.replace(following);
    this.drawHint();
  }

  keepAtEnd() {
    const down = () => { this.root.scrollTop = this.root.scrollHeight; };
    down();
    for (const node of this.root.lastElementChild?.querySelectorAll("img, video") ?? []) {
      node.addEventListener("load", down, { once: true });
      node.addEventListener("loadedmetadata", down, { once: true });
    }
  }

  draw() {
    const all = [...this.messages.values()];
    const focused = document.activeElement?.closest?.("[data-message]")?.dataset.message;
    this.root.replaceChildren(...all.map((one, position) => this.drawMessage(one, all[position - 1])));
    this.drawHint();
    if (focused) this.root.querySelector(`[data-message="${focused}"]`)?.focus();
  }

  /** Help a newcomer along until the bot has spoken here. */
  drawHint() {
    this.root.querySelector(".empty")?.remove();
    const all = [...this.messages.values()];
    if (all.some((one) => one.author.bot)) return;
    const hint = this.context.emptyState(Boolean(all.length));
    if (hint) this.root.append(hint);
  }

  replace(message) {
    const old = this.root.querySelector(`[data-message="${message.id}"]`);
    const all = [...this.messages.values()];
    const fresh = this.drawMessage(message, all[all.indexOf(message) - 1]);
    this.keepPlaying(old, fresh);
    const focused = document.activeElement?.dataset?.customId;
    const inside = old.contains(document.activeElement);
    old.replaceWith(fresh);
    if (inside) (focused && fresh.querySelector(`[data-custom-id="${CSS.escape(focused)}"]`) || fresh).focus();
  }

  /** Move players over to the new drawing, so that an edit does not interrupt a film. */
  keepPlaying(old, fresh) {
    const path = (node) => new URL(node.src).pathname;
    const players = new Map([...old.querySelectorAll("video, audio")].map((node) => [path(node), node]));
    for (const node of fresh.querySelectorAll("video, audio")) {
      const player = players.get(path(node));
      if (!player) continue;
      const playing = !player.paused;
      node.replaceWith(player);
      if (playing) queueMicrotask(() => player.play());
    }
  }

  drawMessage(message, before) {
    const { context } = this;
    const author = context.person(message.author);
    const used = message.interaction_metadata;
    const together = before && before.author.id === message.author.id && !used && !message.message_reference && !before.ephemeral === !message.ephemeral
      && new Date(message.timestamp) - new Date(before.timestamp) < GROUP_MILLISECONDS;
    const name = el("span", { class: "author" }, author.name, author.bot ? el("span", { class: "badge" }, say("bot")) : null);
    if (author.color) name.style.setProperty("--tint", cssColor(author.color));
    const head = together ? null : el("div", { class: "message-head" }, name, messageTime(message.timestamp));
    return el("article", {
      class: ["message", together ? "together" : "", message.ephemeral ? "ephemeral" : "", message.for_you ? "for-you" : ""].join(" "),
      tabIndex: -1, data: { message: message.id }, aria: { label: `${author.name}: ${message.content.slice(0, 80)}` },
    }, this.drawReference(message), el("div", { class: "message-main" },
      together ? el("span", { class: "portrait-space" }) : portrait(author), el("div", { class: "message-body" }, head, this.drawBody(message), this.drawPrivacy(message))), this.drawTools(message));
  }

  drawReference(message) {
    const used = message.interaction_metadata;
    if (used?.name) {
      const person = this.context.person(used.user);
      return el("div", { class: "reference" }, portrait(person, "tiny"), el("b", {}, person.name), ` ${say("used")} `, el("span", { class: "command-name" }, `/${this.context.commandLabel(used.name)}`));
    }
    if (!message.replied?.length) return null;
    const [replied] = message.replied;
    const quoted = el("span", {}, markdown(replied.content, this.context.names)).textContent.slice(0, 90);
    return el("div", { class: "reference" }, el("b", {}, this.context.names.user(replied.author) ?? ""), " ", quoted || say("aMessage"));
  }

  drawBody(message) {
    if (message.thinking) return el("p", { class: "thinking", role: "status" }, say("thinking"), el("span", { class: "dots", aria: { hidden: "true" } }, el("i"), el("i"), el("i")));
    const { names } = this.context;
    const component = { ...this.context, message, act: (action) => this.context.act({ ...action, message: message.id, channel: message.channel_id }) };
    const versionTwo = message.flags & VERSION_TWO;
    const edited = message.edited_timestamp && !message.interaction_metadata ? el("span", { class: "edited" }, say("edited")) : null;
    return el("div", { class: "content" },
      message.content ? el("div", { class: "text" }, markdown(message.content, names), edited) : null,
      versionTwo ? null : drawAttachments(message.attachments),
      message.embeds.map((embed) => drawEmbed(embed, names)),
      drawComponents(message.components, component),
      message.thread ? el("a", { class: "chip", href: names.hrefOf(message.thread.id) }, `# ${message.thread.name} ›`) : null);
  }

  drawPrivacy(message) {
    if (!message.ephemeral) return null;
    const dismiss = el("button", { type: "button", class: "as-link", onclick: () => this.context.act({ do: "dismiss", message: message.id, channel: message.channel_id }) }, say("dismiss"));
    return el("p", { class: "privacy" }, el("span", { aria: { hidden: "true" } }, "◉ "), `${say("onlyYou")} · `, dismiss);
  }

  drawTools(message) {
    const target = { message: message.id, channel: message.channel_id };
    const commands = message.ephemeral ? [] : this.context.messageCommands();
    const entries = commands.map(({ name, label }) => [label, () => this.context.act({ do: "message-command", command: name, ...target })]);
    if (!message.ephemeral && this.context.mayDelete(message)) entries.push([say("deleteMessage"), () => this.context.act({ do: "delete", ...target })]);
    if (!entries.length) return null;
    const list = el("div", { class: "tools-list", role: "menu" }, entries.map(([label, action]) => el("button", { type: "button", role: "menuitem", onclick: () => { box.open = false; action(); } }, label)));
    const box = el("details", { class: "tools", onfocusout: (event) => box.contains(event.relatedTarget) || (box.open = false) },
      el("summary", { class: "icon-button", aria: { label: say("more") } }, "⋯"), list);
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      box.open = false;
      box.querySelector("summary").focus();
    });
    return box;
  }
}
