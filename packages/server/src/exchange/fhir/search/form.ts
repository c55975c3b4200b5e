import type { Pair } from '@sokhoe/fhir/query'
import { Problem } from '../../../platform/problem.ts'
import type { Ask } from '../answer.ts'

const FORM = 'application/x-www-form-urlencoded'
/** A search says less than this. */
const MOST_BYTES = 256 * 1024

const decode = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '))

/**
 * The parameters in a body, in the order written.
 * @throws {Problem} fhir.media-type: no form; fhir.too-large; fhir.malformed: in other letters than UTF-8
 */
export function formOf({ body, header }: Ask): Pair[] {
  if (!body || body.length === 0) return []
  const [type = ''] = (header('content-type') ?? '').split(';')
  if (type.trim().toLowerCase() !== FORM) throw new Problem('fhir.media-type')
  if (body.length > MOST_BYTES) throw new Problem('fhir.too-large')
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(body)
    return text
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair): Pair => {
        const [name = '', ...value] = pair.split('=')
        return [decode(name), decode(value.join('='))]
      })
  } catch {
    throw new Problem('fhir.malformed')
  }
}
