import { watchNetwork } from '@sokhoe/ui/online'
import { restoreTextSize } from '@sokhoe/ui/settings'
import { keptLanguage, speak } from '@sokhoe/ui/speech'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { Broken } from './shell/Broken.tsx'
import '@sokhoe/ui/looks/tokens.css'
import '@sokhoe/ui/looks/ui.css'
import '@sokhoe/ui/looks/parts.css'
import '@sokhoe/ui/looks/form.css'
import './looks/staff.css'

const place = document.getElementById('app')

/** A fault of a screen must not leave an empty page. */
function onUncaughtError(): void {
  if (!place) return
  const fresh = document.createElement('div')
  place.replaceWith(fresh)
  createRoot(fresh).render(<Broken />)
}

async function open(): Promise<void> {
  restoreTextSize()
  watchNetwork()
  if (keptLanguage() === 'en') await speak('en').catch(() => speak('vi'))
  if (place)
    createRoot(place, { onUncaughtError }).render(
      <StrictMode>
        <App />
      </StrictMode>,
    )
}

void open()
