import { Problem } from '../../platform/problem.ts'

export const FHIR_JSON = 'application/fhir+json; charset=utf-8'

/** What may be called JSON in `_format` and in headers. */
const JSON_NAMES = new Set([
  'json',
  'application/json',
  'application/fhir+json',
  'application/json+fhir',
  'text/json',
  'application/fhir+ndjson',
  'application/ndjson',
  'ndjson',
  '*/*',
  'application/*',
])

const nameOf = (media: string): string => (media.split(';')[0] ?? '').trim().toLowerCase()

/**
 * Whoever asks for something else than JSON is told so before anything is done. `_format` outranks the header.
 * @throws {Problem} fhir.not-acceptable
 */
export function negotiate(format: string | undefined, accept: string | undefined): void {
  // a plus sign in an address arrives as a space
  const wanted = format === undefined ? (accept?.split(',') ?? ['*/*']) : [format.replaceAll(' ', '+')]
  if (wanted.length === 0 || wanted.some((one) => nameOf(one) === '' || JSON_NAMES.has(nameOf(one)))) return
  throw new Problem('fhir.not-acceptable')
}

const READ = new Set(['application/json', 'application/fhir+json', 'application/json+fhir', 'text/json'])

/** @throws {Problem} fhir.media-type: a body that is not called JSON, or in other letters than UTF-8 */
export function needJson(contentType: string | undefined, also: readonly string[] = []): void {
  const name = nameOf(contentType ?? '')
  const charset = /;\s*charset="?([\w-]+)/i.exec(contentType ?? '')?.[1]
  const isUtf8 =
    charset === undefined || charset.toLowerCase() === 'utf-8' || charset.toLowerCase() === 'utf8'
  if (!isUtf8 || !(READ.has(name) || also.includes(name))) throw new Problem('fhir.media-type')
}
