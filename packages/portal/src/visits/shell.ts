/**
 * Has the browser keep the staff app's own files, so that it opens without network.
 * @returns whether it does; not on a page without https, nor where the browser keeps nothing
 */
export async function keepShell(): Promise<boolean> {
  if (!('serviceWorker' in navigator) || !('indexedDB' in window) || !window.crypto?.subtle) return false
  try {
    await navigator.serviceWorker.register('/portal/sw.js', { scope: '/station/' })
    // ready only when every file is here
    const registration = await navigator.serviceWorker.getRegistration('/station/')
    const worker = registration?.active ?? registration?.installing ?? registration?.waiting
    if (!worker) return false
    if (worker.state === 'activated' || worker.state === 'activating') return true
    await new Promise<void>((resolve, reject) => {
      worker.addEventListener('statechange', () => {
        if (worker.state === 'activated') resolve()
        if (worker.state === 'redundant') reject(new Error('the files were not kept'))
      })
    })
    return true
  } catch {
    return false
  }
}
