import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressed } from '../../tools/compressed.ts'
import { serviceWorker } from '../../tools/serviceworker.ts'

const publicFiles = readdirSync(new URL('./public', import.meta.url)).filter((name) => name !== 'sw.js')

/** The part of the app that a phone keeps for starting without network: everything but the lazy camera reader. */
const isShell = (name: string): boolean => !/qr-scanner/.test(name) && !/\.(map|png)$/.test(name)

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [
    react(),
    serviceWorker({
      root: import.meta.dirname,
      besides: ['/', ...publicFiles.filter(isShell).map((name) => `/${name}`)],
      base: '/',
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
  server: {
    proxy: {
      '/api': 'http://127.0.0.1:8080',
      '/dev': 'http://127.0.0.1:8080',
      '/posters': 'http://127.0.0.1:8080',
    },
  },
})
