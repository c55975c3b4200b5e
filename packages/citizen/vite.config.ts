import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'
import { compressed } from '../../tools/compressed.ts'

const publicFiles = readdirSync(new URL('./public', import.meta.url)).filter((name) => name !== 'sw.js')

/** The part of the app that a phone keeps for starting without network: everything but the lazy camera reader. */
const isShell = (name: string): boolean => !/qr-scanner/.test(name) && !/\.(map|png)$/.test(name)

/** Writes sw.js with the list of this build's files, so that the shell is replaced as one whole. */
function serviceWorker(): Plugin {
  return {
    name: 'service-worker',
    enforce: 'post',
    apply: 'build',
    generateBundle(_, bundle) {
      const built = Object.keys(bundle).filter((name) => isShell(name) && !name.endsWith('.html'))
      const shell = [
        '/',
        ...built.map((name) => `/${name}`),
        ...publicFiles.filter(isShell).map((n) => `/${n}`),
      ]
      const bytes = Object.values(bundle).map((part) => (part.type === 'chunk' ? part.code : part.source))
      const hash = createHash('sha256')
      for (const part of [...shell, ...bytes]) hash.update(part)
      const source = readFileSync(new URL('./src/sw.js', import.meta.url), 'utf8')
        .replace("'__SHELL__'", JSON.stringify(shell.toSorted()))
        .replace('__VERSION__', hash.digest('hex').slice(0, 16))
      this.emitFile({ type: 'asset', fileName: 'sw.js', source })
    },
  }
}

export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [react(), serviceWorker(), compressed(join(import.meta.dirname, 'dist'))],
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
