import { useEffect, useState } from 'react'
import { say } from '../platform/say.ts'

/** Keeping the app for offline use must not slow down its first screen. */
const AFTER_FIRST_SCREEN_MS = 2500

/** A newer app waits: the person chooses when to take it, so that no screen changes under the hand. */
export function Updater() {
  const [waiting, setWaiting] = useState<ServiceWorker>()
  useEffect(() => {
    if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
    const timer = setTimeout(() => {
      navigator.serviceWorker
        .register('/sw.js')
        .then((registration) => watch(registration, setWaiting))
        .catch(() => undefined)
    }, AFTER_FIRST_SCREEN_MS)
    return () => clearTimeout(timer)
  }, [])
  if (!waiting) return null
  const takeOver = () => {
    navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
    waiting.postMessage('take-over')
  }
  return (
    <div className="update" role="status">
      <span>{say('update.ready')}</span>
      <button type="button" className="btn second compact" onClick={takeOver}>
        {say('update.take')}
      </button>
    </div>
  )
}

function watch(registration: ServiceWorkerRegistration, tell: (worker: ServiceWorker) => void): void {
  const told = () => {
    if (registration.waiting && navigator.serviceWorker.controller) tell(registration.waiting)
  }
  told()
  registration.addEventListener('updatefound', () =>
    registration.installing?.addEventListener('statechange', told),
  )
}
