// Posting JSON with a token that may have grown old: fetch a fresh one and try once more.
// Wifi that hangs without breaking: give up, and try again on a new connection. Sending twice is harmless.
const patience = () => AbortSignal.timeout?.(20000);
const meta = () => document.querySelector('meta[name="csrf-token"]');

async function freshToken() {
  const answer = await fetch("/csrf", { headers: { Accept: "application/json" }, signal: patience() });
  if (!answer.ok) throw new TypeError("no token");
  meta().content = (await answer.json()).token;
}

function send(url, body, keepalive) {
  return fetch(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": meta().content },
    body: JSON.stringify(body),
    keepalive,
    signal: patience(),
  });
}

// Gives { status, body }. Throws only when the server could not be reached. `keepalive`: also when the page goes meanwhile.
export async function post(url, body, { keepalive = false } = {}) {
  let answer = await send(url, body, keepalive);
  let told = await answer.json().catch(() => ({}));
  if (answer.status === 400 && told.type === "csrf") {
    await freshToken();
    answer = await send(url, body, keepalive);
    told = await answer.json().catch(() => ({}));
  }
  return { status: answer.status, body: told };
}

// A page to sign in to the wifi answers too; only our own server says that it kept something, or why not.
export function isNoAnswer(answer) {
  if (!answer?.body.state && !answer?.body.title) return true;
  return answer.status === 429 || answer.status >= 500 || answer.status === 400;
}

// Why the server did not want it, in one sentence, and of which fields.
export function refusal({ fields = {}, title = "" }) {
  return { problem: Object.values(fields).flat()[0] ?? title, fields: Object.keys(fields) };
}
