// The page as a whole: who you are, where you are, and what happens there.

import { act, actAs, fetchChannel, fetchPeople, fetchWorld, listen } from "./api.js";
import { Composer } from "./composer.js";
import { byId, cssColor, el, portrait } from "./dom.js";
import { MessageList } from "./messages.js";
import { openModal } from "./modal.js";
import { toast } from "./toasts.js";
import { LANGUAGES, isSpoken, say, speak, spoken } from "./words.js";

const ATTACHMENT = 11;
const MODERATES = new Set(["Moderator", "Administrator"]);
const state = { you: "", world: null, channel: null, place: null, stop: () => {} };

// --- names ---

const allPeople = () => [...new Map([...state.world.guilds.flatMap((guild) => guild.members), ...state.world.people, state.world.application].map((one) => [one.id, one])).values()];
const allChannels = () => [...state.world.guilds.flatMap((guild) => guild.channels), state.world.conversation];
const guildHere = () => state.world.guilds.find((guild) => guild.id === state.channel?.guild);
const names = {
  get you() { return state.you; },
  user: (id) => allPeople().find((one) => one.id === id)?.name,
  role: (id) => state.world.guilds.flatMap((guild) => guild.roles).find((one) => one.id === id)?.name,
  channel: (id) => allChannels().find((one) => one.id === id)?.name,
  hrefOf: (id) => `#${state.you}/${id}`,
};
const people = {
  options(type, defaults) {
    const guild = guildHere();
    const chosen = new Set(defaults.map((one) => one.id));
    const users = (guild?.members ?? allPeople()).map((one) => ({ label: one.name, value: one.id, hint: one.role, chosen: chosen.has(one.id) }));
    const roles = (guild?.roles ?? []).map((one) => ({ label: one.name, value: one.id, hint: say("role"), chosen: chosen.has(one.id) }));
    const channels = (guild?.channels ?? []).map((one) => ({ label: `#${one.name}`, value: one.id, chosen: chosen.has(one.id) }));
    return { 5: users, 6: roles, 7: [...users, ...roles], 8: channels }[type] ?? [];
  },
};

function person(author) {
  return allPeople().find((one) => one.id === author.id) ?? { id: author.id, name: author.global_name ?? author.username, bot: author.bot, color: 0 };
}

// --- doing ---

/** Do something; whatever fails is said in a notice. */
async function perform(action) {
  try {
    const outcome = await act(action);
    if (outcome.modal) showModal(outcome.modal);
  } catch (error) {
    toast(error.message);
  }
}

function showModal(modal) {
  openModal(modal, {
    people, names,
    submit: async (values) => {
      const outcome = await act({ do: "submit", token: modal.token, values });
      if (outcome.modal) showModal(outcome.modal);
    },
  });
}

// --- drawing ---

const list = new MessageList(byId("messages"), {
  names, people, person, act: perform, emptyState,
  commandLabel: (name) => state.place?.slash.find((one) => one.name === name)?.label ?? name,
  messageCommands: () => state.place?.message ?? [],
  mayDelete: (message) => message.author.id === state.you || MODERATES.has(state.world.you.role),
});
const composer = new Composer(byId("composer"), perform);

/** Return what is shown while the bot has said nothing here; `spoken` is true if people have. */
function emptyState(spoken) {
  const writable = state.channel?.can_write;
  const commands = writable ? state.place?.slash ?? [] : [];
  if (spoken && !commands.length) return null;
  if (state.channel?.forum) return hint("🎞", say("wallTitle"), say("wallText"));
  if (!writable) return hint("🎬", say("stageTitle"), say("readOnly"));
  if (!commands.length && !state.world.application.connected) return hint("💤", say("awayTitle"), say("awayText"));
  const shown = [...commands].sort((one, two) => rank(two) - rank(one)).slice(0, 3);
  const buttons = shown.map((one) => el("button", { type: "button", class: "button secondary", onclick: () => composer.begin(one.name, sampleFor(one)) }, `/${one.label}`));
  return hint("🎬", say("stageTitle"), say(commands.length ? "stageText" : "quietText"), buttons);
}

/** Return how good a beginning a command is: those that make a clip first, and best of them those that need no file. */
function rank(command) {
  if (!command.name.startsWith("video")) return 0;
  return command.options.some((option) => option.required && option.type === ATTACHMENT) ? 1 : 2;
}

/** Return an example for a command that wants a prompt, so that the first clip is two presses away. */
function sampleFor(command) {
  return command.options.some((option) => option.required && option.name === "prompt") ? { prompt: say("sample") } : {};
}

function hint(sign, title, text, buttons = []) {
  return el("div", { class: "empty" }, el("div", { class: "sign", aria: { hidden: "true" } }, sign), el("h2", {}, title), el("p", {}, text), el("div", { class: "row" }, buttons));
}

function drawSide() {
  const { world, channel } = state;
  byId("servers").replaceChildren(
    serverButton({ id: "@me", name: world.application.name, first: world.conversation }, !channel?.guild),
    ...world.guilds.map((guild) => serverButton({ ...guild, first: guild.channels.find((one) => one.can_write) ?? guild.channels[0] }, guild.id === channel?.guild)));
  const guild = guildHere();
  byId("server-name").textContent = guild?.name ?? say("directMessages");
  const top = guild ? guild.channels.filter((one) => !one.parent) : [world.conversation];
  byId("channels").replaceChildren(...top.flatMap((one) => [channelLink(one), ...(guild?.channels ?? []).filter((inner) => inner.parent === one.id && !inner.archived).map(channelLink)]),
    guild && !guild.has_bot ? el("p", { class: "note" }, say("notMember", { name: world.application.name })) : "");
  drawPerson();
}

function serverButton(server, current) {
  const initials = server.name.split(/\s+/).map((word) => word[0]).join("").slice(0, 2);
  const label = server.id === "@me" ? el("img", { src: "/page/mark.svg", alt: "" }) : initials;
  return el("a", { class: current ? "server current" : "server", href: names.hrefOf(server.first.id), title: server.id === "@me" ? say("directMessages") : server.name, aria: { label: server.name, current: String(current) } }, label);
}

function channelLink(channel) {
  const current = channel.id === state.channel?.id;
  const sign = channel.forum ? "▤" : channel.type === 1 ? "✉" : channel.parent ? "↳" : "#";
  const unread = state.unread?.has(channel.id) && !current;
  return el("a", { class: ["channel", current ? "current" : "", channel.parent ? "inner" : "", unread ? "unread" : ""].join(" "), href: names.hrefOf(channel.id), aria: { current: current ? "page" : "false" } },
    el("span", { class: "sign", aria: { hidden: "true" } }, sign), el("span", { class: "channel-label" }, channel.name), unread ? el("span", { class: "dot", title: say("newMessages") }) : null);
}

function drawPerson() {
  const { you, people: everyone } = state.world;
  const choices = everyone.map((one) => {
    const name = el("span", { class: "person-text" }, el("b", {}, one.name), el("small", {}, one.role));
    return el("a", { class: one.id === you.id ? "person-choice current" : "person-choice", role: "menuitem", href: `#${one.id}/${state.channel?.id ?? ""}` }, portrait(one), name, one.id === you.id ? el("span", { class: "tick" }, "✓") : null);
  });
  const role = el("small", {}, you.role || say("visitor"));
  if (you.color) role.style.setProperty("color", cssColor(you.color));
  const box = el("details", { class: "switcher", onfocusout: (event) => box.contains(event.relatedTarget) || (box.open = false) },
    el("summary", { aria: { label: say("youAre", { name: you.name }) } }, portrait(you), el("span", { class: "person-text" }, el("b", {}, you.name), role), el("span", { class: "swap", aria: { hidden: "true" } }, "⇅")),
    el("div", { class: "switcher-list", role: "menu" }, el("p", {}, say("beSomebody")), choices, languageChoice()));
  const focused = byId("person").contains(document.activeElement);
  byId("person").replaceChildren(box);
  if (focused) box.querySelector("summary").focus();
}

function languageChoice() {
  const buttons = LANGUAGES.map(([locale, name]) => el("button", {
    type: "button", class: "language", role: "menuitemradio", lang: locale, aria: { checked: String(isSpoken(locale)) },
    onclick: () => perform({ do: "speak", locale }),
  }, name));
  return el("div", { class: "languages", role: "group", aria: { label: say("language") } }, el("p", {}, say("language")), buttons);
}

/** Write the texts that stand in the page from the beginning, in the person's language. */
function drawFrame() {
  document.querySelector(".skip").textContent = say("skip");
  const labels = { drawer: "places", "open-drawer": "showChannels", theme: "theme", messages: "messages" };
  for (const [id, key] of Object.entries(labels)) byId(id).setAttribute("aria-label", say(key));
}

function drawHead() {
  const { channel, world } = state;
  byId("channel-name").textContent = (channel.type === 1 ? "" : "# ") + channel.name;
  byId("channel-topic").replaceChildren(channel.topic, ...channel.tags.map((tag) => el("span", { class: "tag" }, tag)));
  document.title = `${channel.name} · ${say("title")}`;
  const badge = byId("connection");
  const online = world.application.connected;
  badge.textContent = say(online ? "botOn" : "botOff", { name: world.application.name });
  badge.className = online ? "connection on" : "connection";
}

// --- moving ---

async function loadWorld() {
  state.world = await fetchWorld();
  speak(state.world.you.locale);
  const found = allChannels().find((one) => one.id === state.channel?.id);
  if (found) state.channel = found;
}

async function enter(channelId) {
  const all = allChannels();
  const channel = all.find((one) => one.id === channelId) ?? all.find((one) => one.name === "stage") ?? all[0];
  state.channel = channel;
  state.unread?.delete(channel.id);
  const place = await fetchChannel(channel.id);
  if (state.channel !== channel) return;
  state.place = place;
  state.channel = channel;
  drawFrame();
  drawSide();
  drawHead();
  composer.setChannel({ channel, slash: place.slash, people });
  list.show(place.messages);
}

async function refresh() {
  const before = spoken();
  await loadWorld();
  if (spoken() !== before) {
    await enter(state.channel.id);
    return;
  }
  const place = await fetchChannel(state.channel.id);
  state.place = place;
  drawSide();
  drawHead();
  composer.setChannel({ channel: state.channel, slash: place.slash, people });
  list.drawHint();
}

function onEvent(event) {
  if (event.kind === "message") {
    if (event.channel === state.channel?.id) list.put(event.message);
    else markUnread(event.channel);
  } else if (event.kind === "gone") {
    if (event.channel === state.channel?.id) list.remove(event.id);
  } else if (["world", "commands", "application"].includes(event.kind)) {
    refresh().catch(() => enter("").catch(() => {}));
  }
}

function markUnread(channelId) {
  state.unread.add(channelId);
  drawSide();
}

function onState(open, again) {
  if (!open) byId("connection").textContent = say("reconnecting");
  else if (again) loadWorld().then(() => enter(state.channel.id)).catch((error) => toast(error.message));
}

async function follow() {
  const [wantedPerson, wantedChannel] = location.hash.slice(1).split("/");
  const known = await fetchPeople();
  const you = known.includes(wantedPerson) ? wantedPerson : known[0];
  closeDrawer();
  if (you !== state.you) {
    state.stop();
    state.you = you;
    state.unread = new Set();
    actAs(you);
    await loadWorld();
    state.stop = listen(onEvent, onState);
  }
  await enter(wantedChannel);
  const address = `#${you}/${state.channel.id}`;
  if (location.hash !== address) history.replaceState(null, "", address);
}

// --- the frame ---

function closeDrawer() {
  byId("app").classList.remove("drawer-open");
  byId("veil").hidden = true;
  byId("open-drawer").setAttribute("aria-expanded", "false");
}

byId("open-drawer").addEventListener("click", () => {
  byId("app").classList.add("drawer-open");
  byId("veil").hidden = false;
  byId("open-drawer").setAttribute("aria-expanded", "true");
  byId("channels").querySelector("a")?.focus();
});
byId("veil").addEventListener("click", closeDrawer);
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") closeDrawer();
  const writing = event.target.closest("input, textarea, button, select, dialog, summary, a");
  if (event.key === "/" && !writing) {
    event.preventDefault();
    composer.openPalette?.();
  }
});

const dark = matchMedia("(prefers-color-scheme: dark)");
const setTheme = (theme) => { document.documentElement.dataset.theme = theme; };
setTheme(localStorage.getItem("theme") ?? (dark.matches ? "dark" : "light"));
byId("theme").addEventListener("click", () => {
  const theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  localStorage.setItem("theme", theme);
  setTheme(theme);
});

addEventListener("hashchange", () => follow().catch((error) => toast(error.message)));
follow().catch((error) => toast(error.message));
