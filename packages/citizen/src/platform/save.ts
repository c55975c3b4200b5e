import { type Answer, OFFLINE, type ProblemBody } from '@sokhoe/ui/http'
import { tellReached } from '@sokhoe/ui/online'

/** Hands a file to the browser to keep, as if a link to it had been followed. */
export function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // the browser has taken it over by then
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}

type Refused = Extract<Answer<unknown>, { is: 'refused' }>

const refused = (code: string, status = 0, problem: ProblemBody = {}): Refused => ({
  is: 'refused',
  code,
  status,
  problem,
  retryAfter: undefined,
})

async function refusalOf(reply: Response): Promise<Refused> {
  const problem = (await reply.json().catch(() => ({}))) as ProblemBody
  return refused(
    problem.type?.replace(/^.*\/problems\//, '') ?? `http.${reply.status}`,
    reply.status,
    problem,
  )
}

/**
 * Fetches a file of the server and hands it to the browser. However long it takes, it tells how much has come.
 * @returns never throws: a file that did not come whole is a refusal with code `app.offline`
 */
export async function saveFromServer(
  path: string,
  name: string,
  onBytes: (bytes: number) => void = () => undefined,
): Promise<{ is: 'ready' } | Refused> {
  try {
    const reply = await fetch(path, { credentials: 'same-origin', cache: 'no-store' })
    tellReached(true)
    if (!reply.ok || !reply.body) return await refusalOf(reply)
    const pieces: Uint8Array<ArrayBuffer>[] = []
    let bytes = 0
    for (const reader = reply.body.getReader(); ; ) {
      const { done, value } = await reader.read()
      if (done) break
      pieces.push(value)
      bytes += value.length
      onBytes(bytes)
    }
    saveFile(new Blob(pieces, { type: reply.headers.get('content-type') ?? '' }), name)
    return { is: 'ready' }
  } catch {
    tellReached(false)
    return refused(OFFLINE)
  }
}
