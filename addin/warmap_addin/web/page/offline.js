// The folder kept in the browser, so that the page opens without a network. A browser takes a new build for one only where
// this very file differs, so the build writes its own name in here.
const NAME = "NAME-OF-THE-BUILD";

self.addEventListener("install", (event) => event.waitUntil((async () => {
  const now = { cache: "no-cache" }; // a browser's own memory may hold files of an earlier build
  const { files } = await (await fetch("./folder.json", now)).json();
  await (await caches.open(NAME)).addAll(files.concat("folder.json").map((file) => new Request(`./${file}`, now)));
  await self.skipWaiting();
})()));

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const other of await caches.keys()) if (other.startsWith("warmap-") && other !== NAME) await caches.delete(other);
  await self.clients.claim();
})()));

self.addEventListener("fetch", (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== self.location.origin) return;
  const file = pathname.endsWith("/") ? "./index.html" : event.request;
  event.respondWith((async () => (await (await caches.open(NAME)).match(file, { ignoreSearch: true })) ?? fetch(event.request))());
});
