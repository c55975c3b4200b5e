import { bytesOf, type Entry, idOf } from './read.ts'

export interface BundleOptions {
  readonly type: 'searchset' | 'history' | 'collection'
  /** How many there are in all; default as many as are given. */
  readonly total?: number
  /** Where resources are addressed, without a slash at the end; entries then carry their fullUrl. */
  readonly base?: string
  /** When it was put together, ISO 8601. */
  readonly timestamp?: string
}

const SEARCH_HEAD = '{"search":{"mode":"match"},"resource":'
const PLAIN_HEAD = '{"resource":'

function entryHead(entry: Entry, { type, base }: BundleOptions): string {
  if (type !== 'history' && base === undefined) return type === 'searchset' ? SEARCH_HEAD : PLAIN_HEAD
  const place = `${entry.type}/${idOf(entry)}`
  const fullUrl = base === undefined ? '' : `"fullUrl":"${base}/${place}",`
  const search = type === 'searchset' ? '"search":{"mode":"match"},' : ''
  if (type !== 'history') return `{${fullUrl}${search}"resource":`
  const request = `"request":{"method":"${methodOf(entry)}","url":"${place}"}`
  return `{${fullUrl}${request}${entry.deleted ? '' : ',"resource":'}`
}

const methodOf = ({ version, deleted }: Entry): string =>
  deleted ? 'DELETE' : version === 1 ? 'POST' : 'PUT'

/** A FHIR Bundle around texts that are final, piece by piece: nothing is parsed, written anew or joined. */
export function* bundlePieces(entries: readonly Entry[], options: BundleOptions): Generator<Buffer> {
  const total = options.type === 'collection' ? '' : `,"total":${options.total ?? entries.length}`
  const time = options.timestamp === undefined ? '' : `,"timestamp":"${options.timestamp}"`
  const head = `{"resourceType":"Bundle","type":"${options.type}"${time}${total}`
  // R4 knows no empty array: a Bundle of nothing has no entry at all
  if (entries.length === 0) return yield Buffer.from(`${head}}`)
  for (const [i, entry] of entries.entries()) {
    yield Buffer.from(`${i === 0 ? `${head},"entry":[` : '},'}${entryHead(entry, options)}`)
    if (!entry.deleted) yield bytesOf(entry)
  }
  yield Buffer.from('}]}')
}

/** The same in one piece. */
export const bundleOf = (entries: readonly Entry[], options: BundleOptions): Buffer =>
  Buffer.concat([...bundlePieces(entries, options)])
