// Keeps pages and program on the device, so that a page opened without a connection still starts; the program itself
// then shows the last numbers it kept, with their time. Numbers are never kept here: an old one must not look new.
const KEPT = "bilan-pages-1";
const MOST = 80;

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

async function page(event) {
  const address = event.request.url.split("#")[0];
  try {
    const response = await fetch(event.request);
    if (response.ok) event.waitUntil(keep(address, response.clone()));
    return response;
  } catch (cause) {
    const kept = (await caches.match(address)) ?? (await caches.match(self.registration.scope));
    if (kept) return kept;
    throw cause;
  }
}

self.addEventListener("install", (event) => {
  self.skipWaiting();
  const first = async () => {
    const open = await self.clients.matchAll({ type: "window", includeUncontrolled: true });
    const pages = new Set([self.registration.scope, ...open.map((client) => client.url.split("#")[0])]);
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
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate") event.respondWith(page(event));
  else if (isProgram(url)) event.respondWith(program(event));
});
