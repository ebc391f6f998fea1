// The folder kept in the browser, so that the page opens without a network. Each build has a name of its own.
const folder = fetch("./folder.json").then((answer) => answer.json());

self.addEventListener("install", (event) => event.waitUntil((async () => {
  const { name, files } = await folder;
  await (await caches.open(name)).addAll(files.map((file) => `./${file}`));
  await self.skipWaiting();
})()));

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  const { name } = await (await caches.match("./folder.json") ?? await fetch("./folder.json")).clone().json();
  for (const other of await caches.keys()) if (other.startsWith("warmap-") && other !== name) await caches.delete(other);
  await self.clients.claim();
})()));

self.addEventListener("fetch", (event) => {
  if (event.request.method !== "GET" || new URL(event.request.url).origin !== self.location.origin) return;
  event.respondWith((async () => (await caches.match(event.request, { ignoreSearch: true })) ?? fetch(event.request))());
});
