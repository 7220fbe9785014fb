// Keeps pages and program on the device, so that a page opened without a connection still starts; the program itself
// then shows the last numbers it kept, with their time. Numbers are never kept here: an old one must not look new.
// Where the browser can be woken by a connection, reports that wait in the outbox are sent from here.
const KEPT = "bilan-pages-2";
const MOST = 160;
// Pages that must start without a connection even if they were never visited.
const SHELLS = ["report", "track"];

// Whole documents with numbers of their own, which no program renews: kept ones would show old numbers as new.
const isComplete = (url) =>
  /^(embed|badge|card|oembed|data)(\/|\.|$)/.test(url.pathname.slice(new URL(self.registration.scope).pathname.length));
const isProgram = (url) => /\/(assets|vendor)\//.test(url.pathname);

async function keep(request, response) {
  const cache = await caches.open(KEPT);
  await cache.put(request, response);
  // In order of arrival: the oldest make room.
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST)).map((key) => cache.delete(key)));
}

async function program(event) {
  const kept = await caches.match(event.request);
  if (kept) return kept;
  const response = await fetch(event.request);
  if (response.ok) event.waitUntil(keep(event.request, response.clone()));
  return response;
}

/** Any page starts the program, which reads the address itself: a kept one stands in for another. */
async function page(event) {
  const address = event.request.url.split("#")[0];
  const url = new URL(address);
  try {
    const response = await fetch(event.request);
    // A report's prefilled address may name a place: it is not kept.
    const prefilled = SHELLS.some((shell) => url.pathname.endsWith(`/${shell}`)) && url.search !== "";
    if (response.ok && !prefilled) event.waitUntil(keep(address, response.clone()));
    return response;
  } catch (cause) {
    const kept =
      (await caches.match(address)) ??
      (await caches.match(address, { ignoreSearch: true })) ??
      (await caches.match(self.registration.scope, { ignoreSearch: true }));
    if (kept) return kept;
    throw cause;
  }
}

self.addEventListener("install", (event) => {
  // The new worker serves pages at once: what they fetch is named by its content, so nothing can be mixed up.
  self.skipWaiting();
  const first = async () => {
    const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const shells = SHELLS.map((shell) => self.registration.scope + shell);
    const pages = new Set([self.registration.scope, ...shells, ...open.map((client) => client.url.split("#")[0])]);
    const cache = await caches.open(KEPT);
    // A page that cannot be had now is kept on its next visit.
    await Promise.allSettled([...pages].map((address) => cache.add(address)));
  };
  event.waitUntil(first());
});

self.addEventListener("activate", (event) => {
  const tidy = async () => {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith("bilan-pages-") && name !== KEPT);
    await Promise.all(old.map((name) => caches.delete(name)));
    await self.clients.claim();
  };
  event.waitUntil(tidy());
});

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin || isComplete(url)) return;
  if (event.request.mode === "navigate") event.respondWith(page(event));
  else if (isProgram(url)) event.respondWith(program(event));
});

// What a page needed before there was a worker to keep it; the browser still has it, so nothing is loaded twice.
self.addEventListener("message", (event) => {
  if (!Array.isArray(event.data)) return;
  const keepMissing = async (address) => {
    if (!isProgram(new URL(address)) || (await caches.match(address))) return;
    const response = await fetch(address);
    if (response.ok) await keep(address, response);
  };
  const ours = event.data.filter((address) => String(address).startsWith(self.location.origin));
  event.waitUntil(Promise.allSettled(ours.map(keepMissing)));
});

// ---- The outbox, as `src/outbox.rs` keeps it; the same names, the same lock, the same steps.

const base = new URL(self.registration.scope).pathname.replace(/\/$/, "");

function settled(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function shelves() {
  const request = indexedDB.open(`bilan-reports${base}`);
  // A database that no page has made yet has nothing to send.
  request.onupgradeneeded = () => request.transaction.abort();
  return settled(request);
}

async function change(database, name, method, ...values) {
  return settled(database.transaction(name, "readwrite").objectStore(name)[method](...values));
}

const hex = (bytes) => [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

// A line that has gone silent must not keep the lock, under which no page sends.
const PATIENCE_MS = { form: 20_000, photo: 120_000 };

/** Solves a challenge; without a proof the report is looked at later, which is better than not at all. */
async function proof() {
  try {
    const signal = AbortSignal.timeout(PATIENCE_MS.form);
    const challenge = await (await fetch(`${self.registration.scope}api/v1/report/challenge`, { signal })).json();
    const encoder = new TextEncoder();
    for (let number = 0; number <= challenge.max_number; number += 1) {
      const digest = await crypto.subtle.digest("SHA-256", encoder.encode(challenge.salt + number));
      if (hex(digest) === challenge.challenge) return { challenge, number };
    }
  } catch {}
  return null;
}

async function deliver(database, parcel) {
  const api = `${self.registration.scope}api/v1/`;
  const options = { method: "PUT", credentials: "omit", cache: "no-store" };
  for (const digest of [...parcel.unsent]) {
    const key = `${parcel.id}/${digest}`;
    const bytes = await settled(database.transaction("photos").objectStore("photos").get(key));
    const signal = AbortSignal.timeout(PATIENCE_MS.photo);
    const response = await fetch(`${api}report/photos/${digest}`, { ...options, signal, body: bytes });
    // Whether a refused photo is left out is for the page to say, which tells the writer.
    if (!response.ok) return false;
    parcel.unsent = parcel.unsent.filter((known) => known !== digest);
    await change(database, "outbox", "put", JSON.stringify(parcel), parcel.id);
  }
  const body = JSON.stringify({ ...parcel.submission, proof: await proof() });
  const headers = { "content-type": "application/json" };
  const signal = AbortSignal.timeout(PATIENCE_MS.form);
  const response = await fetch(`${api}reports/${parcel.id}`, { ...options, signal, headers, body });
  if (!response.ok) return false;
  const photos = parcel.submission.photos;
  const fate = { received: { receipt: await response.json() } };
  const received = { ...parcel, fate, submission: null, proof: null };
  await change(database, "outbox", "put", JSON.stringify(received), parcel.id);
  for (const digest of photos) await change(database, "photos", "delete", `${parcel.id}/${digest}`);
  return true;
}

async function sendWaiting() {
  const database = await shelves();
  const texts = await settled(database.transaction("outbox").objectStore("outbox").getAll());
  const waiting = texts.map((text) => JSON.parse(text)).filter((parcel) => parcel.fate === "waiting");
  let left = 0;
  for (const parcel of waiting) left += (await deliver(database, parcel)) ? 0 : 1;
  database.close();
  const channel = new BroadcastChannel("bilan-reports");
  channel.postMessage(true);
  channel.close();
  // A broken promise asks the browser to wake us again.
  if (left > 0) throw new Error(`${left} reports still wait`);
}

self.addEventListener("sync", (event) => {
  if (event.tag !== "bilan-outbox") return;
  event.waitUntil(navigator.locks.request(`bilan-outbox${base}`, { ifAvailable: true }, (lock) => lock && sendWaiting()));
});
