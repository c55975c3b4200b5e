import { writeJson } from '@sokhoe/fhir'
import { publicId } from '../../../platform/ids.ts'
import type { Keys } from '../../../platform/keys.ts'
import { bytesOf } from '../../../record/index.ts'
import type { Shown } from './numbers.ts'
import type { Subscription } from './store.ts'
import type { Payload } from './tables.ts'
import type { Verb } from './topics.ts'

export type NotificationKind =
  | 'handshake'
  | 'heartbeat'
  | 'event-notification'
  | 'query-status'
  | 'query-event'

const PROFILE = 'http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/'
const METHOD: Readonly<Record<string, string>> = {
  create: 'POST',
  update: 'PUT',
  delete: 'DELETE',
} satisfies Record<Verb, string>

interface Telling {
  readonly keys: Keys
  readonly base: string
  readonly kind: NotificationKind
  readonly subscription: Subscription
  /** How many events there were in all. */
  readonly events: number
  readonly shown?: readonly Shown[]
  readonly content?: Payload
}

const placeOf = (keys: Keys, { type, patient_id: patientId, resource_no: no }: Shown['event']): string =>
  `${type}/${publicId(keys.id, { patientId, no })}`

/** Of what may no longer be shown its number alone is told: it was told once, or the numbers would have a gap. */
function eventPart({ keys, content }: Telling, { event, entry }: Shown): object {
  const focus = { name: 'focus', valueReference: { reference: placeOf(keys, event) } }
  return {
    name: 'notification-event',
    part: [
      { name: 'event-number', valueString: String(event.no) },
      { name: 'timestamp', valueInstant: event.at.toISOString() },
      ...(entry && content !== 'empty' ? [focus] : []),
    ],
  }
}

/** How a subscription stands. @see https://hl7.org/fhir/uv/subscriptions-backport/STU1.1/StructureDefinition-backport-subscription-status-r4.html */
export function statusParameters(telling: Telling): object {
  const { base, kind, subscription, events, shown = [] } = telling
  const { subscription_id: id, status, wanted, fault } = subscription
  return {
    resourceType: 'Parameters',
    meta: { profile: [`${PROFILE}backport-subscription-status-r4`] },
    parameter: [
      { name: 'subscription', valueReference: { reference: `${base}/Subscription/${id}` } },
      { name: 'topic', valueCanonical: wanted.topic.url },
      { name: 'status', valueCode: status },
      { name: 'type', valueCode: kind },
      { name: 'events-since-subscription-start', valueString: String(events) },
      ...shown.map((each) => eventPart(telling, each)),
      ...(fault === null ? [] : [{ name: 'error', valueCodeableConcept: { text: fault } }]),
    ],
  }
}

/** Texts are final: they are set in as they are, every number as written. */
function entryText({ keys, base, content }: Telling, { event, entry }: Shown): string[] {
  if (!entry || content === 'empty') return []
  const place = placeOf(keys, event)
  const method = METHOD[event.verb] ?? 'PUT'
  const url = event.verb === 'create' ? event.type : place
  const status = event.verb === 'create' ? '201' : event.verb === 'delete' ? '204' : '200'
  const told = writeJson({ request: { method, url }, response: { status } }).slice(1, -1)
  const whole = content === 'full-resource' && !entry.deleted
  const resource = whole ? `,"resource":${bytesOf(entry).toString()}` : ''
  return [`{"fullUrl":"${base}/${place}"${resource},${told}}`]
}

/** A notification as it travels: the status first, then what it is about. */
export function notification(telling: Telling): string {
  const { base, subscription, shown = [] } = telling
  const { subscription_id: id } = subscription
  const head = writeJson({
    fullUrl: `urn:uuid:${id}`,
    resource: statusParameters(telling),
    request: { method: 'GET', url: `${base}/Subscription/${id}/$status` },
    response: { status: '200' },
  })
  const meta = writeJson({ profile: [`${PROFILE}backport-subscription-notification-r4`] })
  const entries = [head, ...shown.flatMap((each) => entryText(telling, each))]
  return `{"resourceType":"Bundle","meta":${meta},"type":"history","entry":[${entries.join(',')}]}`
}
