// Keeps the pages' shell: the form without anybody in it, styles and programs. Never a page that names somebody, never a list.
// `KEPT` (version, shell, parts) comes from the address that loads this (hocvuso/web/team/offline.py).

const CACHE = `hvs-to-${self.KEPT.version}`;
const PATIENCE = 8000; // milliseconds a page may take on a weak line

self.addEventListener("install", (event) => event.waitUntil(fill().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(tidy().then(() => self.clients.claim())));

async function fill() {
  const cache = await caches.open(CACHE);
  await Promise.all(self.KEPT.parts.map(async (part) => {
    const answer = await fetch(part, { credentials: "omit", cache: "reload" }); // as nobody
    if (!answer.ok) throw new Error(`${part}: ${answer.status}`);
    await cache.put(part, answer);
  }));
}

async function tidy() {
  const old = (await caches.keys()).filter((name) => name.startsWith("hvs-to-") && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== "GET" || origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(page(request));
  else if (self.KEPT.parts.includes(pathname)) event.respondWith(kept(pathname, request));
});

// From the line when it answers in time, else the shell. What is late still comes when there is no shell to show.
async function page(request) {
  const shell = () => caches.match(self.KEPT.shell, { cacheName: CACHE });
  const late = new Promise((done) => setTimeout(done, PATIENCE)).then(shell);
  const online = fetch(request);
  try {
    return (await Promise.race([online, late])) ?? (await online);
  } catch {
    return (await shell()) ?? Response.error();
  }
}

async function kept(part, request) {
  return (await caches.match(part, { cacheName: CACHE })) ?? fetch(request);
}
