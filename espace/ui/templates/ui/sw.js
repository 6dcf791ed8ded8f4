{% load static %}"use strict";
/* When the network is lost, a phone still shows help and the crisis numbers.
   Kept: the style sheet, the script, and pages that say the same to everyone.
   Never kept: a page of a person or of a GEM (no-store), an answer to a redirect, a form. */
const BOX = "espace-{% static 'ui/css/espace.css' %}-2";
const OFFLINE = "{% url 'ui:offline' %}";
const FRAME = ["{% static 'ui/css/espace.css' %}", "{% static 'ui/js/espace.js' %}", "{% static 'ui/icon.svg' %}"];
const PAGES = [OFFLINE, "{% url 'public:crisis' %}", "{% url 'public:help' %}"];

self.addEventListener("install", (event) => {
  const fresh = PAGES.map((page) => new Request(page, { credentials: "omit", cache: "reload" }));
  event.waitUntil(caches.open(BOX).then((box) => box.addAll(FRAME.concat(fresh))).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => Promise.all(names.filter((name) => name !== BOX).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(old).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const request = event.request;
  const path = new URL(request.url).pathname;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    const kept = PAGES.includes(path) ? path : OFFLINE;
    event.respondWith(fetch(request).catch(() => caches.match(kept, { ignoreVary: true })));
  } else if (FRAME.includes(path)) {
    event.respondWith(fetch(request).catch(() => caches.match(path, { ignoreVary: true })));
  }
});
