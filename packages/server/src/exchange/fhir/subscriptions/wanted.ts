import { parseJson } from '@sokhoe/fhir'
import { validate } from '@sokhoe/fhir/validate'
import { Problem } from '../../../platform/problem.ts'
import type { Ask } from '../answer.ts'
import { needJson } from '../media.ts'
import { issues } from '../outcome.ts'
import type { Channel, Payload } from './tables.ts'
import { type Criteria, readCriteria, type Topic, topicNamed } from './topics.ts'

/** What a Subscription asks for, read and checked. */
export interface Wanted {
  readonly topic: Topic
  readonly criteria: readonly Criteria[]
  readonly channel: Channel
  /** Where a rest-hook is called. */
  readonly endpoint?: string
  /** Sent with every call, name and value. */
  readonly headers: readonly (readonly [string, string])[]
  readonly payload: Payload
  readonly heartbeatS: number | null
  /** Seconds until a call is given up. */
  readonly timeoutS: number
  /** Events in one notification at most. */
  readonly most: number
  readonly endsAt: Date | null
  readonly isOff: boolean
}

type Json = Readonly<Record<string, unknown>>

const IG = 'http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/'
const MOST_EVENTS = 100
const MOST_CRITERIA = 20
const MOST_HEADERS = 10
const LONGEST = 500

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function refuse(code: string, expression: string, text: string): never {
  throw new Problem('fhir.invalid', { more: issues([{ severity: 'error', code, expression, text }]) })
}

function bodyOf({ body, header }: Ask): Json {
  needJson(header('content-type'))
  let parsed: unknown
  try {
    parsed = parseJson(body?.toString() ?? '')
  } catch {
    throw new Problem('fhir.malformed')
  }
  if (!isObject(parsed) || parsed['resourceType'] !== 'Subscription')
    return refuse('structure', 'Subscription', 'The body is a Subscription.')
  return parsed
}

const object = (value: unknown): Json => (isObject(value) ? value : {})

function extensionsOf(value: unknown, name: string): Json[] {
  const { extension } = object(value)
  return Array.isArray(extension)
    ? extension.filter((each): each is Json => isObject(each) && each['url'] === `${IG}${name}`)
    : []
}

function numberFrom(value: unknown, name: string, low: number, high: number): number | undefined {
  const [extension] = extensionsOf(value, name)
  if (!extension) return undefined
  const given = extension['valueUnsignedInt'] ?? extension['valuePositiveInt']
  if (typeof given !== 'number' || !Number.isInteger(given) || given < low || given > high)
    return refuse('value', 'Subscription.channel', `${name} is a whole number from ${low} to ${high}.`)
  return given
}

function criteriaOf(resource: Json, topic: Topic): Criteria[] {
  const texts = extensionsOf(resource['_criteria'], 'backport-filter-criteria').map(
    (each) => each['valueString'],
  )
  if (texts.length > MOST_CRITERIA) refuse('too-costly', 'Subscription.criteria', 'Too many filters.')
  const criteria = texts.map((text) =>
    typeof text === 'string' && text.length <= LONGEST ? readCriteria(topic, text) : undefined,
  )
  const read = criteria.filter((each) => each !== undefined)
  if (read.length < criteria.length)
    refuse('not-supported', 'Subscription.criteria', `This topic is filtered by ${topic.filters.join(', ')}.`)
  if (!topic.types && (read.length === 0 || read.some(({ type }) => type === undefined)))
    refuse('required', 'Subscription.criteria', 'This topic wants a filter that begins with a type.')
  return read
}

const PAYLOADS = new Set(['empty', 'id-only', 'full-resource'])

function payloadOf(channel: Json): Payload {
  const [extension] = extensionsOf(channel['_payload'], 'backport-payload-content')
  const code = extension?.['valueCode'] ?? 'id-only'
  const media = channel['payload']
  if (media !== undefined && !(typeof media === 'string' && /^application\/(fhir\+)?json/.test(media)))
    refuse('not-supported', 'Subscription.channel.payload', 'Only application/fhir+json is written.')
  if (typeof code !== 'string' || !PAYLOADS.has(code))
    return refuse('value', 'Subscription.channel.payload', 'The content is empty, id-only or full-resource.')
  return code as Payload
}

/** Names by which a request is told apart or carried are this server's to write. */
const HEADER = /^([A-Za-z][A-Za-z0-9-]{0,60}): ?([\x20-\x7e]{0,1000})$/
const OWN_HEADERS =
  /^(host|content-.*|transfer-.*|connection|upgrade|te|trailer|expect|proxy-.*|keep-alive)$/i

function headersOf({ header = [] }: Json): (readonly [string, string])[] {
  if (!Array.isArray(header) || header.length > MOST_HEADERS)
    return refuse('structure', 'Subscription.channel.header', 'At most ten headers, each a text.')
  return header.map((line) => {
    const [, name = '', value = ''] = (typeof line === 'string' ? HEADER.exec(line) : undefined) ?? []
    if (name === '' || OWN_HEADERS.test(name))
      return refuse(
        'value',
        'Subscription.channel.header',
        'A header is written Name: value; some are not free.',
      )
    return [name, value] as const
  })
}

function endOf({ end }: Json): Date | null {
  if (end === undefined) return null
  if (typeof end !== 'string' || Number.isNaN(Date.parse(end)))
    return refuse('value', 'Subscription.end', 'An instant is wanted.')
  return new Date(end)
}

function endpointOf({ type, endpoint }: Json): Pick<Wanted, 'channel' | 'endpoint'> {
  if (type === 'websocket') return { channel: 'websocket' }
  if (type !== 'rest-hook')
    return refuse('not-supported', 'Subscription.channel.type', 'Channels are rest-hook and websocket.')
  if (typeof endpoint !== 'string' || !URL.canParse(endpoint) || endpoint.length > LONGEST)
    return refuse('required', 'Subscription.channel.endpoint', 'A rest-hook has an address.')
  return { channel: 'rest-hook', endpoint: new URL(endpoint).href }
}

/**
 * Reads a Subscription that is to stand.
 * @throws {Problem} fhir.invalid · fhir.malformed · fhir.media-type
 * @see https://hl7.org/fhir/uv/subscriptions-backport/STU1.1/StructureDefinition-backport-subscription.html
 */
export function readWanted(resource: Json): Wanted {
  const channel = object(resource['channel'])
  const url = resource['criteria']
  const topic = typeof url === 'string' ? topicNamed(url) : undefined
  if (!topic)
    return refuse('not-supported', 'Subscription.criteria', 'There is no such topic: see SubscriptionTopic.')
  if (typeof resource['reason'] !== 'string')
    refuse('required', 'Subscription.reason', 'A Subscription says why it was made.')
  if (resource['status'] !== 'requested' && resource['status'] !== 'active' && resource['status'] !== 'off')
    refuse('value', 'Subscription.status', 'A Subscription is sent as requested, or as off.')
  return {
    topic,
    criteria: criteriaOf(resource, topic),
    ...endpointOf(channel),
    headers: headersOf(channel),
    payload: payloadOf(channel),
    heartbeatS: numberFrom(channel, 'backport-heartbeat-period', 1, 86_400) ?? null,
    timeoutS: numberFrom(channel, 'backport-timeout', 1, 30) ?? 10,
    most: numberFrom(channel, 'backport-max-count', 1, MOST_EVENTS) ?? 20,
    endsAt: endOf(resource),
    isOff: resource['status'] === 'off',
  }
}

/** @throws {Problem} fhir.invalid: it breaks a rule of FHIR */
function needValid(resource: Json): void {
  const found = validate(resource)
  const isWrong = found.some(({ severity }) => severity === 'error' || severity === 'fatal')
  if (isWrong) throw new Problem('fhir.invalid', { more: issues(found) })
}

/** A Subscription as it came, and what it asks for. */
export function readSubscription(ask: Ask): { resource: Json; wanted: Wanted } {
  const resource = bodyOf(ask)
  needValid(resource)
  return { resource, wanted: readWanted(resource) }
}
