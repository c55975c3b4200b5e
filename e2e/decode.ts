import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { runInNewContext } from 'node:vm'
import type { Locator, Page } from '@playwright/test'

const DECODER = fileURLToPath(import.meta.resolve('qr-scanner/qr-scanner-worker.min.js'))

interface Pixels {
  readonly width: number
  readonly height: number
  /** RGBA, base64. */
  readonly data: string
}

/** A picture as pixels, by the browser's own means. */
const pixelsOf = (page: Page, picture: Buffer): Promise<Pixels> =>
  page.evaluate(
    async (source) => {
      const image = new Image()
      image.src = source
      await image.decode()
      const canvas = document.createElement('canvas')
      canvas.width = image.width
      canvas.height = image.height
      const pen = canvas.getContext('2d')
      if (!pen) throw new Error('no canvas')
      pen.drawImage(image, 0, 0)
      const { data, width, height } = pen.getImageData(0, 0, canvas.width, canvas.height)
      let bytes = ''
      for (const byte of data) bytes += String.fromCharCode(byte)
      return { width, height, data: btoa(bytes) }
    },
    `data:image/png;base64,${picture.toString('base64')}`,
  )

/** What the app's own decoder reads, out of the worker that it usually runs in. @returns null where it reads nothing */
function decode({ width, height, data }: Pixels): string | null {
  const source = readFileSync(DECODER, 'utf8')
  const worker = runInNewContext(source.slice(source.indexOf('`'), source.lastIndexOf('`') + 1)) as string
  let found: string | null = null
  const self = {
    postMessage: (answer: { data: string | null }) => {
      found = answer.data
    },
    onmessage: (_: unknown) => undefined as unknown,
  }
  runInNewContext(worker, { self, Uint8ClampedArray })
  const pixels = Uint8ClampedArray.from(Buffer.from(data, 'base64'))
  self.onmessage({ data: { id: 1, type: 'decode', data: { data: pixels, width, height } } })
  return found
}

/** What a camera before this part of the screen reads. */
export async function scan(page: Page, part: Locator): Promise<string | null> {
  return decode(await pixelsOf(page, await part.screenshot()))
}

/** The same of a picture that was saved. */
export const scanPicture = async (page: Page, picture: Buffer): Promise<string | null> =>
  decode(await pixelsOf(page, picture))
