import { OFFLINE, type ProblemBody } from '@sokhoe/ui/http'
import type { Refusal } from '@sokhoe/ui/parts/State'

const LONGEST_SIDE = 2200
const QUALITY = 0.85

/**
 * A photo as it is sent: turned the right way, small enough for a slow network, and without what the camera wrote
 * beside it. What the browser cannot draw is sent as it is: the server looks at every file itself.
 */
export async function prepared(file: File): Promise<Blob> {
  if (!file.type.startsWith('image/')) return file
  try {
    const image = await createImageBitmap(file, { imageOrientation: 'from-image' })
    const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height))
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(image.width * scale)
    canvas.height = Math.round(image.height * scale)
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    const drawn = await new Promise<Blob | null>((done) => {
      canvas.toBlob(done, 'image/jpeg', QUALITY)
    })
    return drawn ?? file
  } catch {
    return file
  }
}

/** Headers hold no Vietnamese letters. */
const encoded = (about: object): string =>
  btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(about))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

export type Uploaded = { is: 'ready' } | Refusal

function refusalOf(request: XMLHttpRequest): Refusal {
  const problem = readProblem(request.responseText)
  const code = problem.type?.replace(/^.*\/problems\//, '') ?? `http.${request.status}`
  return { is: 'refused', code, status: request.status, problem, retryAfter: undefined }
}

function readProblem(text: string): ProblemBody {
  try {
    return JSON.parse(text) as ProblemBody
  } catch {
    return {}
  }
}

/** Sends a file and tells how much of it is on its way, from 0 to 1. Never throws. */
export const upload = (
  path: string,
  about: object,
  file: Blob,
  onShare: (share: number) => void,
): Promise<Uploaded> =>
  new Promise((done) => {
    const request = new XMLHttpRequest()
    const cut = () => done({ is: 'refused', code: OFFLINE, status: 0, problem: {}, retryAfter: undefined })
    request.open('POST', path)
    request.setRequestHeader('content-type', file.type)
    request.setRequestHeader('x-document', encoded(about))
    request.upload.onprogress = ({ loaded, total }) => onShare(total > 0 ? loaded / total : 0)
    request.onerror = cut
    request.ontimeout = cut
    request.onabort = cut
    request.onload = () => done(request.status < 300 ? { is: 'ready' } : refusalOf(request))
    request.send(file)
  })
