// Keeps the verifier page for when there is no line. `KEPT` names what to keep: nothing of it is about the person who looks.
const CACHE = `xac-minh-${self.KEPT.release}`;
const anew = (address) => new Request(address, { cache: "no-cache" });

self.addEventListener("install", (event) => {
  const all = [...self.KEPT.fresh, ...self.KEPT.files].map(anew);
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(all)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (name) => name.startsWith("xac-minh-") && name !== CACHE;
  event.waitUntil(
    caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name)))).then(() => self.clients.claim()),
  );
});

// Page and lists: as new as the line allows, else as they were kept.
async function fresh(address) {
  const cache = await caches.open(CACHE);
  const patience = AbortSignal.timeout ? { signal: AbortSignal.timeout(4000) } : {};
  try {
    const answer = await fetch(anew(address), patience);
    if (!answer.ok) throw new Error(answer.status);
    await cache.put(address, answer.clone());
    return answer;
  } catch (error) {
    const kept = await cache.match(address);
    if (kept) return kept;
    throw error;
  }
}

self.addEventListener("fetch", (event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin) return;
  if (self.KEPT.fresh.includes(pathname)) event.respondWith(fresh(pathname));
  else event.respondWith(caches.open(CACHE).then((cache) => cache.match(pathname)).then((kept) => kept ?? fetch(event.request)));
});
