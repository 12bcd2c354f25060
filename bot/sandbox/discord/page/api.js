// Everything that is asked of the server.

import { say } from "./words.js";

/** How the server says that the bot did not answer; what else fails it says in its own words. */
const NO_ANSWER = "The application did not respond";

let person = "";

/** Set in whose name everything happens from now on. */
export function actAs(id) {
  person = id;
}

async function read(path) {
  const response = await fetch(path + (path.includes("?") ? "&" : "?") + "as=" + encodeURIComponent(person));
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

export const fetchPeople = () => read("/stage/people");
export const fetchWorld = () => read("/stage/world");
export const fetchChannel = (id) => read(`/stage/channels/${encodeURIComponent(id)}`);

/** Put files out of an action into a list, leaving `{$upload: n}` in their place. */
function extractFiles(value, files) {
  if (value instanceof File) return { $upload: files.push(value) - 1 };
  if (Array.isArray(value)) return value.map((inner) => extractFiles(inner, files));
  if (value && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, extractFiles(inner, files)]));
  }
  return value;
}

/** Do something in the person's name. Resolves with the bot's answer; rejects with a sentence. */
export async function act(action) {
  const files = [];
  const payload = JSON.stringify(extractFiles(action, files));
  const headers = { "X-Stand-In": "page" };
  let body = payload;
  if (files.length) {
    body = new FormData();
    body.append("payload_json", payload);
    files.forEach((file, number) => body.append(`files[${number}]`, file, file.name));
  } else {
    headers["Content-Type"] = "application/json";
  }
  let response;
  try {
    response = await fetch(`/stage/act?as=${encodeURIComponent(person)}`, { method: "POST", headers, body });
  } catch {
    throw new Error(say("notRunning"));
  }
  if (!response.ok) throw new Error(await response.text());
  const outcome = await response.json();
  if (outcome.failure) throw new Error(outcome.failure === NO_ANSWER ? say("noAnswer") : outcome.failure);
  return outcome;
}

/** Listen to everything that happens. Returns a function that stops it. */
export function listen(onEvent, onState) {
  const source = new EventSource(`/stage/events?as=${encodeURIComponent(person)}`);
  let lost = false;
  source.onmessage = (message) => onEvent(JSON.parse(message.data));
  source.onopen = () => {
    onState(true, lost);
    lost = false;
  };
  source.onerror = () => {
    lost = true;
    onState(false, false);
  };
  return () => source.close();
}
