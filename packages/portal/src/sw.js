/** Keeps the staff app's own files for a day without network. Never keeps an answer of the server. */
const VERSION = 'sokhoe-portal-__VERSION__'
const SHELL = '__SHELL__'
const PAGE = '/station'

self.addEventListener('install', (event) => {
  self.skipWaiting()
  event.waitUntil(caches.open(VERSION).then((cache) => cache.addAll(SHELL)))
})

/** The residents' app at the same address has caches of its own. */
const isOld = (name) => name.startsWith('sokhoe-portal-') && name !== VERSION

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  )
})

const kept = (key) => caches.match(key, { cacheName: VERSION })
const PATIENCE_MS = 3000

/** A screen: from the network, so that a new version is seen at once; kept files where there is none or it is slow. */
const screen = async (request) => {
  const fromNetwork = fetch(request)
  const slow = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS)).then(() => kept(PAGE))
  try {
    return (await Promise.race([fromNetwork, slow])) ?? (await fromNetwork)
  } catch {
    return (await kept(PAGE)) ?? Response.error()
  }
}

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin) return
  if (request.mode === 'navigate') event.respondWith(screen(request))
  else if (/^\/(portal\/|icon)/.test(pathname))
    event.respondWith(kept(request).then((file) => file ?? fetch(request)))
})
