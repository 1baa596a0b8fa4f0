// Sends what waits, oldest first, a device at a time; forgets only what the server says it has.

import * as store from "./team-store.js";

const AT_ONCE = 20;

// Requests as the server takes them: a device at a time, oldest first, each saying how many of the device's events are left after it.
export function batchesOf(events, most) {
  const queues = new Map();
  for (const event of events) queues.set(event.device, [...(queues.get(event.device) ?? []), event]);
  const batches = [];
  for (const [device, queue] of queues) {
    for (let start = 0; start < queue.length; start += most) {
      const part = queue.slice(start, start + most).map(({ id, seq, kind, at, body }) => ({ id, seq, kind, at, body }));
      batches.push({ device, sent_at: Date.now(), rest: queue.length - start - part.length, label: platform(), events: part });
    }
  }
  return batches;
}

const platform = () => navigator.userAgentData?.platform ?? "";

// Why sending stopped: "" when nothing is left, else "offline", "signed-out", "not-member" or "server".
export async function send({ address, session }) {
  const aside = [];
  const batches = batchesOf(await store.waiting(), AT_ONCE);
  if (!batches.length) batches.push({ device: session.device, sent_at: 0, rest: 0, label: platform(), events: [] }); // “I am empty”
  for (const batch of batches) {
    const { why, told } = await post(address, session.csrf, { ...batch, sent_at: Date.now() });
    if (why) return { why, aside };
    aside.push(...told.set_aside);
    await store.forget(batch.device, told.acknowledged);
  }
  return { why: (await store.waiting()).length ? "server" : "", aside };
}

async function post(address, csrf, message) {
  let answer;
  try {
    answer = await fetch(address, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrf },
      body: JSON.stringify(message),
      signal: AbortSignal.timeout(30_000),
    });
    if (answer.ok) return { why: "", told: await answer.json() };
  } catch {
    return { why: "offline" };
  }
  return { why: { 401: "signed-out", 404: "not-member" }[answer.status] ?? "server" };
}
