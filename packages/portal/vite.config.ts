import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressed } from '../../tools/compressed.ts'

export default defineConfig({
  root: import.meta.dirname,
  base: '/portal/',
  plugins: [react(), compressed(join(import.meta.dirname, 'dist'))],
  build: {
    outDir: 'dist',
    target: 'es2022',
    sourcemap: false,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { port: 5174, proxy: { '/api': 'http://127.0.0.1:8080', '/posters': 'http://127.0.0.1:8080' } },
})
