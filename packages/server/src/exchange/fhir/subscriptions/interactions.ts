import { writeJson } from '@sokhoe/fhir'
import { note } from '../../../audit/index.ts'
import type { Context } from '../../../platform/context.ts'
import { Problem } from '../../../platform/problem.ts'
import type { Answer, Ask, Interaction } from '../answer.ts'
import { needScope } from '../answer.ts'
import { inputsOf } from '../parameters.ts'
import { formOf } from '../search/form.ts'
import { needClient, standingClient } from '../work/who.ts'
import { notification, statusParameters } from './notification.ts'
import { giveNumbers, noteEvents, numbered, showNow } from './numbers.ts'
import { newBinding } from './sockets.ts'
import {
  dropSubscription,
  newSubscription,
  replaceSubscription,
  type Subscription,
  subscriptionOf,
  subscriptionsOf,
  textOf,
} from './store.ts'
import type { Payload } from './tables.ts'
import { TOPICS, type Topic } from './topics.ts'
import { readSubscription } from './wanted.ts'

/** Where websockets are opened, below the door. */
export const SOCKET_PATH = 'subscriptions/socket'

const TYPE = 'Subscription'

const tagOf = ({ version }: Subscription): string => `W/"${version}"`

function told(base: string, subscription: Subscription, status = 200): Answer {
  const place = `${base}/${TYPE}/${subscription.subscription_id}`
  return {
    status,
    body: textOf(subscription),
    headers: {
      etag: tagOf(subscription),
      'last-modified': subscription.changed_at.toUTCString(),
      ...(status === 201 && { location: `${place}/_history/${subscription.version}` }),
    },
  }
}

async function create(ask: Ask): Promise<Answer> {
  const { ctx, base } = ask
  needScope(ctx, TYPE, 'c')
  needClient(ctx)
  const { resource, wanted } = readSubscription(ask)
  needScope(ctx, wanted.topic.types?.[0] ?? wanted.criteria[0]?.type ?? '*', 'r')
  return told(base, await newSubscription(ctx, resource, wanted), 201)
}

const read = async ({ ctx, params, base }: Ask): Promise<Answer> => {
  needScope(ctx, TYPE, 'r')
  const subscription = await subscriptionOf(ctx, params['id'] ?? '')
  await note(ctx, { action: 'exchange.read', what: TYPE })
  return told(base, subscription)
}

const IF_MATCH = /^(?:W\/)?"(\d{1,9})"$/

async function update(ask: Ask): Promise<Answer> {
  const { ctx, params, base, header } = ask
  needScope(ctx, TYPE, 'u')
  const id = params['id'] ?? ''
  await subscriptionOf(ctx, id)
  const { resource, wanted } = readSubscription(ask)
  if (resource['id'] !== id) throw new Problem('fhir.malformed', { at: ['Subscription.id'] })
  const tag = header('if-match')
  const version = tag === undefined ? undefined : Number(IF_MATCH.exec(tag)?.[1])
  return told(base, await replaceSubscription(ctx, id, resource, wanted, version))
}

async function remove({ ctx, params }: Ask): Promise<Answer> {
  needScope(ctx, TYPE, 'd')
  await dropSubscription(ctx, params['id'] ?? '')
  return { status: 204 }
}

/** Of the address, or of the Parameters that an operation is sent. */
const first = (ask: Ask, name: string): string | undefined => inputsOf(ask).text(name)

const bundle = (entries: readonly string[], type = 'searchset'): string =>
  `{"resourceType":"Bundle","type":"${type}","total":${entries.length}${entries.length > 0 ? `,"entry":[${entries.join(',')}]` : ''}}`

async function search(ask: Ask): Promise<Answer> {
  const { ctx, base } = ask
  needScope(ctx, TYPE, 's')
  const pairs = [...ask.query, ...(ask.method === 'POST' ? formOf(ask) : [])]
  const [status, id] = ['status', '_id'].map((name) => pairs.find(([each]) => each === name)?.[1])
  const all = (await subscriptionsOf(ctx)).filter(
    (each) =>
      (status === undefined || status.split(',').includes(each.status)) &&
      (id === undefined || id.split(',').includes(each.subscription_id)),
  )
  await note(ctx, { action: 'exchange.search', what: TYPE })
  const entries = all.map(
    (each) =>
      `{"fullUrl":"${base}/${TYPE}/${each.subscription_id}","resource":${textOf(each)},"search":{"mode":"match"}}`,
  )
  return { status: 200, body: bundle(entries) }
}

/** Numbers what may leave by now, so that what is told of a subscription is true. */
async function upToNow(ctx: Context, subscription: Subscription) {
  const client = await standingClient(ctx, subscription.client)
  if (!client) throw new Problem('fhir.scope')
  return { client, events: await giveNumbers({ ...ctx, actor: client }, subscription, client) }
}

async function statuses(ask: Ask): Promise<Answer> {
  const { ctx, base, params } = ask
  needScope(ctx, TYPE, 'r')
  const { id } = params
  const wanted = inputsOf(ask)
    .all('id')
    .flatMap((each) => String(each).split(','))
  const all =
    id === undefined
      ? (await subscriptionsOf(ctx)).filter(
          ({ subscription_id }) => wanted.length === 0 || wanted.includes(subscription_id),
        )
      : [await subscriptionOf(ctx, id)]
  const entries: string[] = []
  for (const subscription of all) {
    const { events } = await upToNow(ctx, subscription)
    const { keys } = ctx
    const resource = statusParameters({ keys, base, kind: 'query-status', subscription, events })
    entries.push(
      writeJson({ fullUrl: `urn:uuid:${subscription.subscription_id}`, resource, search: { mode: 'match' } }),
    )
  }
  await note(ctx, { action: 'exchange.read', what: TYPE })
  return { status: 200, body: bundle(entries) }
}

const MOST_EVENTS = 100
const PAYLOADS: readonly Payload[] = ['empty', 'id-only', 'full-resource']

function numberOf(ask: Ask, name: string, otherwise: number): number {
  const text = first(ask, name)
  if (text === undefined) return otherwise
  if (!/^\d{1,15}$/.test(text)) throw new Problem('fhir.malformed', { at: [name] })
  return Number(text)
}

/** Never more than the subscription itself tells. */
function contentOf(ask: Ask, { wanted }: Subscription): Payload {
  const asked = PAYLOADS.indexOf((first(ask, 'content') ?? wanted.payload) as Payload)
  if (asked === -1) throw new Problem('fhir.malformed', { at: ['content'] })
  return PAYLOADS[Math.min(asked, PAYLOADS.indexOf(wanted.payload))] ?? 'empty'
}

/** Events once more, from one number to another; the next hundred is asked for by the last number told. */
async function events(ask: Ask): Promise<Answer> {
  const { ctx, base, params } = ask
  needScope(ctx, TYPE, 'r')
  const subscription = await subscriptionOf(ctx, params['id'] ?? '')
  const { client, events: all } = await upToNow(ctx, subscription)
  const after = numberOf(ask, 'eventsSinceNumber', 1) - 1
  const upto = numberOf(ask, 'eventsUntilNumber', Number.MAX_SAFE_INTEGER)
  const rows = await numbered(ctx, subscription, { after, upto, limit: MOST_EVENTS })
  const as = { ...ctx, actor: client }
  const shown = await showNow(as, client, rows)
  await noteEvents(as, client, shown)
  const body = notification({
    keys: ctx.keys,
    base,
    kind: 'query-event',
    subscription,
    events: all,
    shown,
    content: contentOf(ask, subscription),
  })
  return { status: 200, body }
}

async function binding(ask: Ask): Promise<Answer> {
  const { ctx, base, params } = ask
  needScope(ctx, TYPE, 'r')
  const asked = inputsOf(ask)
    .all('ids')
    .flatMap((each) => String(each).split(','))
  const ids = params['id'] === undefined ? asked : [params['id']]
  const subscriptions = await Promise.all(ids.map((id) => subscriptionOf(ctx, id)))
  if (subscriptions.some(({ wanted }) => wanted.channel !== 'websocket'))
    throw new Problem('fhir.invalid', { at: ['Subscription.channel.type'] })
  const { token, expiresAt } = await newBinding(ctx, needClient(ctx), ids)
  const parameter = [
    { name: 'token', valueString: token },
    { name: 'expiration', valueDateTime: expiresAt.toISOString() },
    ...ids.map((valueString) => ({ name: 'subscription', valueString })),
    { name: 'websocket-url', valueUrl: `${base.replace(/^http/, 'ws')}/${SOCKET_PATH}` },
  ]
  return { status: 200, body: writeJson({ resourceType: 'Parameters', parameter }) }
}

const TOPIC_CODE = 'http://hl7.org/fhir/fhir-types'
const TOPIC = 'http://hl7.org/fhir/5.0/StructureDefinition/extension-SubscriptionTopic.'

/** R4 has no resource for topics: they are told as Basic, with the elements of R5 as extensions. */
const topicText = ({ url, title, description, types = ['Resource'], filters }: Topic): string =>
  writeJson({
    resourceType: 'Basic',
    id: url.slice(url.lastIndexOf(':') + 1),
    extension: [
      { url: `${TOPIC}url`, valueUri: url },
      { url: `${TOPIC}title`, valueString: title },
      { url: `${TOPIC}description`, valueMarkdown: description },
      { url: `${TOPIC}status`, valueCode: 'active' },
      ...types.map((type) => ({
        url: `${TOPIC}resourceTrigger`,
        extension: [{ url: 'resource', valueUri: `http://hl7.org/fhir/StructureDefinition/${type}` }],
      })),
      ...filters.map((filter) => ({
        url: `${TOPIC}canFilterBy`,
        extension: [{ url: 'filterParameter', valueString: filter }],
      })),
    ],
    code: { coding: [{ system: TOPIC_CODE, code: 'SubscriptionTopic' }] },
  })

async function topics({ base, params }: Ask): Promise<Answer> {
  const { id } = params
  const all = TOPICS.filter(({ url }) => id === undefined || url.endsWith(`:${id}`)).map(topicText)
  if (id === undefined) {
    const entries = all.map((text) => `{"resource":${text},"search":{"mode":"match"}}`)
    return { status: 200, body: bundle(entries) }
  }
  const [text] = all
  if (text === undefined) throw new Problem('fhir.not-found')
  return { status: 200, body: text, headers: { 'content-location': `${base}/SubscriptionTopic/${id}` } }
}

/** Topic-based subscriptions for R4. @see https://hl7.org/fhir/uv/subscriptions-backport/STU1.1/ */
export const subscriptions: readonly Interaction[] = [
  { method: 'POST', path: 'Subscription', run: create },
  { method: 'GET', path: 'Subscription', run: search },
  { method: 'POST', path: 'Subscription/_search', run: search },
  { method: 'GET', path: 'Subscription/$status', run: statuses },
  { method: 'POST', path: 'Subscription/$status', run: statuses },
  { method: 'GET', path: 'Subscription/$get-ws-binding-token', run: binding },
  { method: 'POST', path: 'Subscription/$get-ws-binding-token', run: binding },
  { method: 'GET', path: 'Subscription/:id', run: read },
  { method: 'PUT', path: 'Subscription/:id', run: update },
  { method: 'DELETE', path: 'Subscription/:id', run: remove },
  { method: 'GET', path: 'Subscription/:id/$status', run: statuses },
  { method: 'POST', path: 'Subscription/:id/$status', run: statuses },
  { method: 'GET', path: 'Subscription/:id/$events', run: events },
  { method: 'POST', path: 'Subscription/:id/$events', run: events },
  { method: 'GET', path: 'Subscription/:id/$get-ws-binding-token', run: binding },
  { method: 'POST', path: 'Subscription/:id/$get-ws-binding-token', run: binding },
  { method: 'GET', path: 'SubscriptionTopic', run: topics },
  { method: 'POST', path: 'SubscriptionTopic/_search', run: topics },
  { method: 'GET', path: 'SubscriptionTopic/:id', run: topics },
]
