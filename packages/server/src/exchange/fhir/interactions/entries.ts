import { etagOf } from './answers.ts'
import type { Found, Version } from './find.ts'

/** One line of a history. */
export interface Line extends Pick<Version, 'version' | 'deleted' | 'at' | 'bytes'> {
  readonly type: string
  readonly id: string
}

const methodOf = ({ version, deleted }: Line): string => (deleted ? 'DELETE' : version === 1 ? 'POST' : 'PUT')
const statusOf = ({ version, deleted }: Line): string => (deleted ? '204' : version === 1 ? '201' : '200')

function* entryOf(base: string, line: Line): Generator<string | Buffer> {
  const { type, id, version, deleted, at } = line
  const place = `${type}/${id}`
  yield `{"fullUrl":"${base}/${place}",`
  if (!deleted) {
    yield '"resource":'
    yield line.bytes()
    yield ','
  }
  const url = methodOf(line) === 'POST' ? type : place
  yield `"request":{"method":"${methodOf(line)}","url":"${url}"},`
  yield `"response":${JSON.stringify({ status: statusOf(line), etag: etagOf(version), lastModified: at.toISOString() })}}`
}

export interface HistoryPage {
  readonly lines: readonly Line[]
  readonly links: readonly { readonly relation: string; readonly url: string }[]
  /** How many there are in all, where that is known. */
  readonly total?: number
}

/** A Bundle of versions, around texts that are final. */
export function historyBundle(base: string, { lines, links, total }: HistoryPage): (string | Buffer)[] {
  const pieces: (string | Buffer)[] = ['{"resourceType":"Bundle","type":"history"']
  if (total !== undefined) pieces.push(`,"total":${total}`)
  pieces.push(`,"link":${JSON.stringify(links)}`)
  for (const [i, line] of lines.entries()) pieces.push(i === 0 ? ',"entry":[' : ',', ...entryOf(base, line))
  if (lines.length > 0) pieces.push(']')
  pieces.push('}')
  return pieces
}

export const lineOf = ({ type, id }: Pick<Found, 'type' | 'id'>, version: Version): Line => ({
  ...version,
  type,
  id,
})
