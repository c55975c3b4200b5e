/** Keeps the app's own files for starting without network. Never keeps an answer of the server: no person's data lives here. */
const VERSION = 'sokhoe-__VERSION__'
const SHELL = '__SHELL__'

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(VERSION).then((cache) => cache.addAll(SHELL)))
})

/** The staff app at the same address has caches of its own. */
const isOld = (name) => name !== VERSION && !name.startsWith('sokhoe-portal-')

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter(isOld).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  )
})

self.addEventListener('message', (event) => {
  if (event.data === 'take-over') self.skipWaiting()
})

/** Served by the server alone: its answers, and the other app at the same address. */
const SERVED = /^\/(api|dev|posters|health|fhir|metrics|portal|station|department)(\/|$)/

const kept = (key) => caches.match(key, { cacheName: VERSION })
const PATIENCE_MS = 3000

/** A screen: from the network, so that a new version is seen at once; from the phone where there is none or it is slow. */
const screen = async (request) => {
  const fromNetwork = fetch(request)
  const slow = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS)).then(() => kept('/'))
  try {
    return (await Promise.race([fromNetwork, slow])) ?? (await fromNetwork)
  } catch {
    return (await kept('/')) ?? Response.error()
  }
}

const file = async (request) => (await kept(request)) ?? fetch(request)

self.addEventListener('fetch', (event) => {
  const { request } = event
  const { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== self.location.origin || SERVED.test(pathname)) return
  event.respondWith(request.mode === 'navigate' ? screen(request) : file(request))
})
