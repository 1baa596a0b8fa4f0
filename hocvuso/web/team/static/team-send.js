// Sends what waits, oldest first, a device at a time; forgets only what the server says it has.

import * as store from "./team-store.js";

const AT_ONCE = 20;

// Why sending stopped: "" when nothing is left, else "offline", "signed-out", "not-member" or "server".
export async function send({ address, session }) {
  const aside = [];
  const result = (why) => ({ why, aside });
  const waiting = await store.waiting();
  const queues = new Map(session.device ? [[session.device, []]] : []); // an empty one says that the phone has nothing left
  for (const event of waiting) queues.set(event.device, [...(queues.get(event.device) ?? []), event]);
  for (const [device, queue] of queues) {
    let rest = queue;
    do {
      const batch = rest.slice(0, AT_ONCE);
      rest = rest.slice(AT_ONCE);
      const answer = await post(address, session.csrf, {
        device,
        sent_at: Date.now(),
        rest: rest.length,
        label: navigator.userAgentData?.platform ?? "",
        events: batch.map(({ id, seq, kind, at, body }) => ({ id, seq, kind, at, body })),
      });
      if (answer.why) return result(answer.why);
      aside.push(...answer.told.set_aside);
      await store.forget(device, answer.told.acknowledged);
    } while (rest.length);
  }
  return result((await store.waiting()).length ? "server" : "");
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
