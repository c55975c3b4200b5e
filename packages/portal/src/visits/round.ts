import { putInBox } from '@sokhoe/model/box'
import type { Questionnaire } from '@sokhoe/model/questionnaire'
import { isPassing, send } from '@sokhoe/ui/http'
import { createStore } from '@sokhoe/ui/store'
import { newUuid } from '@sokhoe/ui/vault'
import type { Conflict, Visit } from '../assist/visit.ts'
import { nameIn } from '../assist/visit.ts'
import type { Staff } from '../platform/session.ts'
import { type Member, type Stop, type Street, stopsOf } from './houses.ts'
import {
  type Box,
  boxes,
  dataKey,
  dropBox,
  dropValue,
  forget,
  type Gone,
  keepValue,
  type Meta,
  newDataKey,
  putVisit,
  readMeta,
  readValues,
  sealValue,
  wipe,
  writeMeta,
} from './safe.ts'

const DAY = 86_400_000
export const TRIES = 5
/** A clock that was set back by more than this since the round was prepared proves nothing any more. */
const SET_BACK = 5 * 60_000

/** One visit on this tablet, readable while the round is open. */
export interface Waiting {
  readonly uuid: string
  readonly name: string
  readonly takenAt: string
  readonly visit: Visit
  readonly state:
    | { readonly is: 'waiting' }
    | { readonly is: 'kept'; readonly at: string }
    | { readonly is: 'conflict'; readonly conflict: Conflict }
    | { readonly is: 'refused'; readonly code: string }
}

/** What was taken along. */
export interface Luggage {
  readonly form: Questionnaire
  readonly ward: string
  readonly stops: readonly Stop[]
}

export type Round =
  | { readonly is: 'unknown' }
  | { readonly is: 'none'; readonly said?: { readonly gone: Gone; readonly handed: number } }
  | { readonly is: 'locked'; readonly meta: Meta; readonly boxes: number }
  | {
      readonly is: 'open'
      readonly meta: Meta
      readonly key: CryptoKey
      readonly luggage: Luggage
      readonly visits: readonly Waiting[]
    }
  /** What could be read is wiped; so many boxes wait to be sent by whoever signs in. */
  | { readonly is: 'sealed'; readonly meta: Meta; readonly gone: Gone; readonly boxes: number }

const round = createStore<Round>({ is: 'unknown' })
export const useRound = round.use
export const currentRound = round.get

const isOver = ({ endsAt, preparedAt }: Meta, now: number): boolean =>
  now >= endsAt || now < preparedAt - SET_BACK

async function sealedOff(meta: Meta, gone: Gone): Promise<Round> {
  const count = (await boxes()).length
  if (count > 0) return round.set({ is: 'sealed', meta, gone, boxes: count })
  await forget()
  return round.set({ is: 'none', said: { gone, handed: 0 } })
}

/** Wipes what can be read; what is not sent yet stays in its boxes. */
const seal = async (meta: Meta, gone: Gone): Promise<Round> => sealedOff(await wipe(meta, gone), gone)

/** What is on this tablet, as the screen opens; the day it was good for may be over. */
export async function lookAtTablet(now = Date.now()): Promise<Round> {
  const meta = await readMeta().catch(() => undefined)
  if (!meta) return round.set({ is: 'none' })
  if (meta.gone) return await sealedOff(meta, meta.gone)
  if (isOver(meta, now)) return await seal(meta, 'day')
  const open = round.get()
  if (open.is === 'open') return open
  return round.set({ is: 'locked', meta, boxes: (await boxes()).length })
}

/** The day ends also while somebody looks at it. */
export async function checkDay(now = Date.now()): Promise<void> {
  const state = round.get()
  if ((state.is === 'open' || state.is === 'locked') && isOver(state.meta, now)) await seal(state.meta, 'day')
}

interface SentOut {
  readonly tablet: string
  readonly secret: string
  readonly publicKey: string
  readonly now: string
}

/** Takes along what is needed for a day. @returns a problem's code where it could not */
export async function prepare(
  staff: Staff,
  pin: string,
  streets: readonly Street[],
  now = Date.now(),
): Promise<string | undefined> {
  // another tab may have prepared a round meanwhile: what waits there stays
  if ((await boxes()).length > 0) return void (await lookAtTablet())
  const form = await send<Questionnaire>('GET', '/api/form')
  if (form.is === 'refused') return form.code
  // our time of leaving comes before what is learned about the books
  const out = await send<SentOut>('POST', '/api/station/tablets', {})
  if (out.is === 'refused') return out.code
  const stops = await stopsOf(streets)
  if (stops.is === 'refused') return stops.code
  await forget()
  const { key, salt, wrapped } = await newDataKey(pin)
  const { tablet, secret, publicKey, now: asOf } = out.data
  const whose = { worker: staff.name, user: staff.user }
  const times = { preparedAt: now, endsAt: now + DAY, asOf }
  const meta = await writeMeta({ tablet, secret, publicKey, ...whose, ...times, salt, wrong: 0, wrapped })
  const luggage: Luggage = { form: form.data, ward: staff.wardName ?? '', stops: stops.data }
  await keepValue(key, 'luggage', luggage)
  round.set({ is: 'open', meta, key, luggage, visits: [] })
  return undefined
}

/** @returns how many tries are left; undefined when the round is open */
export async function unlock(pin: string): Promise<number | undefined> {
  const state = round.get()
  if (state.is !== 'locked') return undefined
  // counted before it is tried, so that closing the page gives no try back
  const meta = await writeMeta({ ...state.meta, wrong: state.meta.wrong + 1 })
  const key = await dataKey(pin, meta)
  const [luggage] = key ? await readValues<Luggage>(key, 'luggage') : []
  if (!key || !luggage) {
    if (meta.wrong >= TRIES) await seal(meta, 'pin')
    else round.set({ ...state, meta })
    return TRIES - meta.wrong
  }
  const visits = await readValues<Waiting>(key, 'visit/')
  round.set({
    is: 'open',
    meta: await writeMeta({ ...meta, wrong: 0 }),
    key,
    luggage,
    visits: inOrder(visits),
  })
  return undefined
}

export async function lock(): Promise<void> {
  const state = round.get()
  if (state.is === 'open') round.set({ is: 'locked', meta: state.meta, boxes: (await boxes()).length })
}

const inOrder = (visits: readonly Waiting[]): Waiting[] =>
  visits.toSorted((a, b) => b.takenAt.localeCompare(a.takenAt))

async function put(waiting: Waiting): Promise<void> {
  const state = round.get()
  if (state.is !== 'open') return
  const { key, meta } = state
  const name = `visit/${waiting.uuid}`
  const { settled: _, ...plain } = waiting.visit
  const box = await putInBox(meta.publicKey, JSON.stringify(plain), name.replace('/', ' '))
  await putVisit(name, await sealValue(key, name, waiting), { uuid: waiting.uuid, box })
  show(waiting)
}

function show(waiting: Waiting): void {
  const state = round.get()
  if (state.is !== 'open') return
  const others = state.visits.filter(({ uuid }) => uuid !== waiting.uuid)
  round.set({ ...state, visits: inOrder([waiting, ...others]) })
}

/** What this tablet knows of a person's book is as old as the round, or as what it sent itself. */
function baseFor(person: string): string | undefined {
  const state = round.get()
  if (state.is !== 'open') return undefined
  const own = state.visits.flatMap((each) =>
    each.visit.person === person && each.state.is === 'kept' ? [each.state.at] : [],
  )
  return [state.meta.asOf, ...own].toSorted().at(-1)
}

/** A visit waits on this tablet. @param member whoever has a book already */
export async function keepVisit(visit: Visit, member?: Member): Promise<void> {
  const { response, takenAt } = visit
  const base = member && baseFor(member.person)
  const whole = { ...visit, ...(member && { person: member.person }), ...(base && { base }) }
  const name = member?.name ?? nameIn(response)
  await put({ uuid: newUuid(), name, takenAt, visit: whole, state: { is: 'waiting' } })
  await dropValue(draftOf(member))
}

/** One for each who has a book, and one for whoever has none yet. */
const draftOf = (member: Member | undefined): string => `draft/${member?.person ?? 'new'}`

/** What is being taken down survives a lock, a restart and an empty battery. */
export async function keepDraft(member: Member | undefined, draft: unknown): Promise<void> {
  const state = round.get()
  if (state.is === 'open') await keepValue(state.key, draftOf(member), draft)
}

export async function readDraft<T>(member: Member | undefined): Promise<T | undefined> {
  const state = round.get()
  return state.is === 'open' ? (await readValues<T>(state.key, draftOf(member)))[0] : undefined
}

/** What the server said of a visit. Once it is kept there, only that it was stays here. */
export async function told(waiting: Waiting): Promise<void> {
  const state = round.get()
  if (state.is !== 'open') return
  await keepValue(state.key, `visit/${waiting.uuid}`, waiting)
  if (waiting.state.is === 'kept') await dropBox(waiting.uuid)
  show(waiting)
}

/** A visit that the server refused for good is put aside by whoever decides so. */
export async function giveUp({ uuid }: Waiting): Promise<void> {
  const state = round.get()
  if (state.is !== 'open') return
  await Promise.all([dropValue(`visit/${uuid}`), dropBox(uuid)])
  round.set({ ...state, visits: state.visits.filter((each) => each.uuid !== uuid) })
}

/** A box is in a book. */
export async function boxTaken(uuid: string): Promise<void> {
  await dropBox(uuid)
  const state = round.get()
  if (state.is === 'sealed') await sealedOff(state.meta, state.gone)
}

export const waitingBoxes = boxes

/** The round is over: everything is sent, and the tablet carries nothing any more. */
export async function endRound(): Promise<void> {
  if ((await boxes()).length > 0) return
  await forget()
  round.set({ is: 'none' })
}

const MOST_A_HANDING = 10

async function handOver({ tablet, secret }: Meta, all: readonly Box[]): Promise<boolean> {
  for (let from = 0; from < all.length; from += MOST_A_HANDING) {
    const part = all.slice(from, from + MOST_A_HANDING)
    const body = { secret, clock: new Date().toISOString(), boxes: part }
    const answer = await send('POST', `/api/station/tablets/${tablet}/handed-over`, body)
    if (answer.is === 'refused') return false
    for (const { uuid } of part) await dropBox(uuid)
  }
  return true
}

/** Whoever may not work any more carries nothing: what can be read is wiped first, then the boxes are handed over. */
async function suspended(meta: Meta): Promise<void> {
  if (meta.gone !== 'suspended') await seal(meta, 'suspended')
  const all = await boxes()
  if (!(await handOver(meta, all))) return
  await forget()
  round.set({ is: 'none', said: { gone: 'suspended', handed: all.length } })
}

/** Asks the server whether this tablet may still be used; without network nothing changes. */
export async function contact(): Promise<void> {
  const state = round.get()
  if (state.is !== 'open' && state.is !== 'locked' && state.is !== 'sealed') return
  const { tablet, secret } = state.meta
  const answer = await send<{ state: string }>('POST', `/api/station/tablets/${tablet}/contact`, { secret })
  if (answer.is === 'refused' && isPassing(answer.status)) return
  if (answer.is === 'ready' && answer.data.state === 'suspended') await suspended(state.meta)
}
