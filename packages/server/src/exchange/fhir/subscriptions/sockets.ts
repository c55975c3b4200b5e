import { randomBytes } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { sql } from 'kysely'
import { type WebSocket, WebSocketServer } from 'ws'
import type { Client, Context } from '../../../platform/context.ts'
import { fingerprint } from '../../../platform/keys.ts'
import { faultOf } from '../../../platform/log.ts'
import { standingClient } from '../work/who.ts'
import { type NotificationKind, notification } from './notification.ts'
import { giveNumbers, noteEvents, numbered, type Shown, showNow } from './numbers.ts'
import { type Subscription, toSubscription } from './store.ts'

/** A token binds once, within this time, seconds. */
const BINDING_S = 300
const MOST_SOCKETS = 1000
/** Whoever says nothing, and binds nothing, is shown out, ms. */
const UNBOUND_MS = 15_000
const LOOK_MS = 300
const ALIVE_MS = 30_000

const hashOf = ({ keys }: Context, token: string): Buffer => fingerprint(keys, 'socket token', token)

/** A token by which a websocket is bound to subscriptions, told once. */
export async function newBinding(ctx: Context, client: Client, subscriptions: readonly string[]) {
  const token = randomBytes(32).toString('base64url')
  const expires_at = new Date(ctx.now().getTime() + BINDING_S * 1000)
  await ctx.db
    .insertInto('exchange.socket_token')
    .values({
      token_hash: hashOf(ctx, token),
      client_no: client.no,
      subscriptions: [...subscriptions],
      expires_at,
    })
    .execute()
  return { token, expiresAt: expires_at }
}

async function subscriptionsBy(ctx: Context, token: string): Promise<Subscription[]> {
  const [used] = await ctx.db
    .deleteFrom('exchange.socket_token')
    .where('token_hash', '=', hashOf(ctx, token))
    .where('expires_at', '>', ctx.now())
    .returningAll()
    .execute()
  return used ? await current(ctx, used.subscriptions, used.client_no) : []
}

/** As they stand now; one that was dropped or turned off is not among them. */
async function current(ctx: Context, ids: readonly string[], clientNo?: number): Promise<Subscription[]> {
  if (ids.length === 0) return []
  const rows = await ctx.db
    .selectFrom('exchange.subscription')
    .selectAll()
    .where('subscription_id', 'in', [...ids])
    .where('channel', '=', 'websocket')
    .where('status', 'in', ['requested', 'active'])
    .where((where) => where.or([where('ends_at', 'is', null), where('ends_at', '>', ctx.now())]))
    .$if(clientNo !== undefined, (query) => query.where('client_no', '=', clientNo ?? 0))
    .execute()
  return rows.map((row) => toSubscription(ctx, row))
}

interface Bound {
  /** Number of the last event sent on this socket. */
  sent: number
  /** When anything was last sent on it for this subscription, ms. */
  at: number
}

interface Line {
  readonly socket: WebSocket
  readonly bound: Map<string, Bound>
  alive: boolean
}

interface Room {
  readonly ctx: Context
  readonly base: string
  readonly lines: Set<Line>
}

interface Telling {
  readonly kind: NotificationKind
  readonly events: number
  readonly shown?: readonly Shown[]
}

function tell({ ctx, base }: Room, { socket }: Line, subscription: Subscription, telling: Telling): void {
  const { keys } = ctx
  const { payload: content } = subscription.wanted
  socket.send(notification({ keys, base, subscription, content, ...telling }))
}

const BIND = /^bind-with-token:? +([A-Za-z0-9_-]{43})$/

async function bind(room: Room, line: Line, text: string): Promise<void> {
  const { ctx } = room
  const token = BIND.exec(text.trim())?.[1]
  const subscriptions = token === undefined ? [] : await subscriptionsBy(ctx, token)
  if (subscriptions.length === 0) return line.socket.close(1008, 'refused')
  for (const subscription of subscriptions) {
    const { subscription_id: id, delivered, events } = subscription
    await ctx.db
      .updateTable('exchange.subscription')
      .set({ status: 'active', fault: null })
      .where('subscription_id', '=', id)
      .where('status', '=', 'requested')
      .execute()
    tell(room, line, { ...subscription, status: 'active' }, { kind: 'handshake', events })
    line.bound.set(id, { sent: delivered, at: ctx.now().getTime() })
  }
}

async function tellLine(
  room: Room,
  line: Line,
  subscription: Subscription,
  client: Client,
  events: number,
): Promise<void> {
  const bound = line.bound.get(subscription.subscription_id)
  if (!bound) return
  const { ctx } = room
  const now = ctx.now().getTime()
  const rows = await numbered(ctx, subscription, { after: bound.sent, limit: subscription.most })
  const last = rows.at(-1)?.no
  if (last === undefined || last === null) {
    const { heartbeat_s } = subscription
    if (heartbeat_s === null || now - bound.at < heartbeat_s * 1000) return
    tell(room, line, subscription, { kind: 'heartbeat', events })
    bound.at = now
    return
  }
  const as = { ...ctx, actor: client }
  const shown = await showNow(as, client, rows)
  await noteEvents(as, client, shown)
  tell(room, line, subscription, { kind: 'event-notification', events, shown })
  bound.sent = last
  bound.at = now
  await sql`update exchange.subscription set delivered = greatest(delivered, ${last}), last_sent = ${ctx.now()}
    where subscription_id = ${subscription.subscription_id}`.execute(ctx.db)
}

async function tellAll(room: Room, subscription: Subscription): Promise<void> {
  const { ctx, lines } = room
  const client = await standingClient(ctx, subscription.client)
  if (!client) return unbind(room, subscription.subscription_id)
  const events = await giveNumbers({ ...ctx, actor: client }, subscription, client)
  for (const line of lines) await tellLine(room, line, subscription, client, events)
}

/** Whoever is bound to nothing any more is shown out. */
function unbind({ lines }: Room, id: string): void {
  for (const line of lines)
    if (line.bound.delete(id) && line.bound.size === 0) line.socket.close(1008, 'ended')
}

/** Tells every socket of this server what it was not told yet. */
async function look(room: Room): Promise<void> {
  const ids = [...new Set([...room.lines].flatMap(({ bound }) => [...bound.keys()]))]
  const subscriptions = await current(room.ctx, ids)
  for (const id of ids)
    if (!subscriptions.some(({ subscription_id }) => subscription_id === id)) unbind(room, id)
  for (const subscription of subscriptions) await tellAll(room, subscription)
}

function enter(room: Room, socket: WebSocket): void {
  const line: Line = { socket, bound: new Map(), alive: true }
  room.lines.add(line)
  const late = setTimeout(() => line.bound.size === 0 && socket.terminate(), UNBOUND_MS)
  socket.on('pong', () => {
    line.alive = true
  })
  socket.on('error', () => socket.terminate())
  socket.on('close', () => {
    clearTimeout(late)
    room.lines.delete(line)
  })
  let turn = Promise.resolve()
  socket.on('message', (data, isBinary) => {
    if (isBinary) return socket.close(1003, 'text only')
    turn = turn
      .then(() => bind(room, line, String(data)))
      .catch((error: unknown) => {
        room.ctx.log.warn({ work: 'sockets', fault: faultOf(error) }, 'exchange')
        socket.close(1011, 'fault')
      })
  })
}

/** A socket is alive as long as it answers. */
function ping({ lines }: Room): void {
  for (const line of lines) {
    if (!line.alive) line.socket.terminate()
    line.alive = false
    line.socket.ping()
  }
}

/**
 * Websockets on the server's own port.
 * @param path where they are opened @param base of the door
 * @returns how to end them
 */
export function openSockets(server: Server, ctx: Context, path: string, base: string): () => Promise<void> {
  const room: Room = { ctx, base, lines: new Set() }
  const wss = new WebSocketServer({ noServer: true, maxPayload: 4096, perMessageDeflate: false })
  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const isHere = request.url?.split('?')[0] === path && room.lines.size < MOST_SOCKETS
    // a browser's page of another place has no business here
    if (!isHere || request.headers.origin !== undefined) {
      socket.end('HTTP/1.1 404 Not Found\r\nconnection: close\r\ncontent-length: 0\r\n\r\n')
      return
    }
    wss.handleUpgrade(request, socket, head, (open) => enter(room, open))
  }
  server.on('upgrade', upgrade)
  let looking: Promise<void> | undefined
  const glance = setInterval(() => {
    if (room.lines.size === 0 || looking) return
    looking = look(room)
      .catch((error: unknown) => ctx.log.warn({ work: 'sockets', fault: faultOf(error) }, 'exchange'))
      .finally(() => {
        looking = undefined
      })
  }, LOOK_MS)
  const alive = setInterval(() => ping(room), ALIVE_MS)
  return async () => {
    clearInterval(glance)
    clearInterval(alive)
    server.off('upgrade', upgrade)
    for (const { socket } of room.lines) socket.terminate()
    wss.close()
    await looking
  }
}
