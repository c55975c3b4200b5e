import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { watchNetwork } from './platform/online.ts'
import { keptLanguage, speak } from './platform/say.ts'
import { restoreTextSize } from './platform/settings.ts'
import './looks/tokens.css'
import './looks/ui.css'
import './looks/app.css'

restoreTextSize()
watchNetwork()
const root = document.getElementById('app')
if (keptLanguage() === 'en') await speak('en')
if (root)
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  )
