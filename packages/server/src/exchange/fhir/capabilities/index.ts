import { hash } from 'node:crypto'
import { writeJson } from '@sokhoe/fhir'
import { Problem } from '../../../platform/problem.ts'
import type { Answer, Ask, Interaction } from '../answer.ts'
import { BASE } from '../door.ts'
import { issues } from '../outcome.ts'
import { capabilityStatement } from './statement.ts'
import { terminologyCapabilities } from './terms.ts'

interface Text {
  readonly body: Buffer
  readonly etag: string
}

/** Written once for each name by which the server is reached; somebody may make many names up. */
const MOST_NAMES = 8

function remembered(make: (key: string) => object): (key: string) => Text {
  const texts = new Map<string, Text>()
  return (key) => {
    const known = texts.get(key)
    if (known) return known
    const body = Buffer.from(writeJson(make(key)))
    const text = { body, etag: `W/"${hash('sha256', body, 'hex').slice(0, 16)}"` }
    if (texts.size >= MOST_NAMES) texts.clear()
    texts.set(key, text)
    return text
  }
}

const MODES = ['full', 'normative', 'terminology'] as const
type Mode = (typeof MODES)[number]

/** @throws {Problem} fhir.malformed */
function modeOf({ query }: Ask): Mode {
  const asked = query.find(([name]) => name === 'mode')?.[1] ?? 'full'
  const mode = MODES.find((each) => each === asked)
  if (mode) return mode
  const text = `One of ${MODES.join(', ')}`
  throw new Problem('fhir.malformed', {
    more: issues([{ severity: 'error', code: 'value', expression: 'http.mode', text }]),
  })
}

function answerOf({ header }: Ask, { body, etag }: Text): Answer {
  if (header('if-none-match') === etag) return { status: 304, headers: { etag } }
  return { status: 200, headers: { etag }, body }
}

/**
 * What this server does, and nothing else.
 * @param all every other interaction of the door
 * @see https://hl7.org/fhir/R4/http.html#capabilities
 */
export function capabilities(all: readonly Interaction[]): readonly Interaction[] {
  const statement = remembered((base) => capabilityStatement(all, base, base.slice(0, -BASE.length)))
  const terms = remembered(terminologyCapabilities)
  const run = async (ask: Ask): Promise<Answer> =>
    answerOf(ask, (modeOf(ask) === 'terminology' ? terms : statement)(ask.base))
  return [{ method: 'GET', path: 'metadata', open: true, run }]
}
