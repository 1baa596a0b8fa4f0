// What lies on this phone, in IndexedDB: events that are not acknowledged yet; one device number a person; the lists that came down.
// Signing out takes the lists and leaves the events.

const NAME = "hvs-to";
let opened;

export function open() {
  opened ??= new Promise((done, failed) => {
    if (!self.indexedDB) return failed(new Error("no IndexedDB"));
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => {
      const db = request.result;
      db.createObjectStore("events", { keyPath: ["device", "seq"] });
      db.createObjectStore("devices", { keyPath: "me" });
      db.createObjectStore("lists");
    };
    request.onsuccess = () => done(request.result);
    request.onerror = () => failed(request.error);
    request.onblocked = () => failed(new Error("blocked"));
  });
  return opened;
}

// Runs `work` in one transaction and waits until the phone says it is on the disk; `work` may only wait for requests of its own.
async function within(stores, mode, work) {
  const db = await open();
  const all = db.transaction(stores, mode, { durability: "strict" });
  const finished = new Promise((done, failed) => {
    all.oncomplete = done;
    all.onabort = () => failed(all.error ?? new Error("aborted"));
  });
  const result = await work((name) => all.objectStore(name));
  await finished;
  return result;
}

const answer = (request) => new Promise((done, failed) => {
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});

// A uuid7 (RFC 9562): 48 bits of time, the rest by chance.
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let time = Date.now();
  for (let place = 5; place >= 0; place--) {
    bytes[place] = time % 256;
    time = Math.floor(time / 256);
  }
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

// The number under which this person's events leave this phone; made once.
export function deviceOf(me) {
  return within(["devices"], "readwrite", async (store) => {
    const known = await answer(store("devices").get(me));
    if (known) return known.device;
    const made = { me, device: newId(), last: 0 };
    await answer(store("devices").put(made));
    return made.device;
  });
}

// Keeps an event under the next sequence number; number and event are one write, whatever other tabs do.
export function record(me, event) {
  return within(["devices", "events"], "readwrite", async (store) => {
    const device = await answer(store("devices").get(me));
    device.last += 1;
    await answer(store("devices").put(device));
    const kept = { ...event, device: device.device, seq: device.last };
    await answer(store("events").add(kept));
    return kept;
  });
}

export function waiting() {
  return within(["events"], "readonly", (store) => answer(store("events").getAll()));
}

// Forgets what the server has acknowledged, and nothing else.
export function forget(device, acknowledged) {
  const range = IDBKeyRange.bound([device, 0], [device, acknowledged]);
  return within(["events"], "readwrite", (store) => answer(store("events").delete(range)));
}

export function lists() {
  return within(["lists"], "readonly", (store) => answer(store("lists").get("lists")));
}

export function keepLists(kept) {
  return within(["lists"], "readwrite", (store) => answer(store("lists").put(kept, "lists")));
}

export function wipeLists() {
  return within(["lists"], "readwrite", (store) => answer(store("lists").clear()));
}

// Somebody pressed “Thoát” with no line: to be finished at the server when there is one.
export function note(key, value) {
  return within(["lists"], "readwrite", (store) => answer(store("lists").put(value, key)));
}

export function noted(key) {
  return within(["lists"], "readonly", (store) => answer(store("lists").get(key)));
}
