import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { compressed } from '../../tools/compressed.ts'
import { serviceWorker } from '../../tools/serviceworker.ts'

/** What a tablet keeps for a day without network: scripts, looks and letters; no maps, no pictures. */
const isShell = (name: string): boolean =>
  /\.(js|css|woff2)$/.test(name) && !/qr-scanner-worker|topo/.test(name)

/** As the server does it: the addresses of staff's screens are all this one page. */
const pages = (): Plugin => ({
  name: 'pages',
  configureServer({ middlewares }) {
    middlewares.use((request, _reply, next) => {
      if (/^\/(station|department)(\/|\?|$)/.test(request.url ?? '')) request.url = '/portal/'
      next()
    })
  },
})

export default defineConfig({
  root: import.meta.dirname,
  base: '/portal/',
  plugins: [
    react(),
    pages(),
    serviceWorker({
      root: import.meta.dirname,
      besides: ['/station', '/icon.svg'],
      base: '/portal/',
      keeps: isShell,
    }),
    compressed(join(import.meta.dirname, 'dist')),
  ],
  build: {
    outDir: 'dist',
    target: 'es2022',
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { port: 5174, proxy: { '/api': 'http://127.0.0.1:8080', '/posters': 'http://127.0.0.1:8080' } },
})
