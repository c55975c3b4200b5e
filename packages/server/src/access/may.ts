import type { Topic } from '@sokhoe/model/topics'
import type { Actor, HeldProxy, Resident, Staff } from '../platform/context.ts'

/** What a proxy needs for each deed of a resident: a topic, 'any' topic at all, or 'own': nobody but the person. */
const RESIDENT = {
  'record.read': 'any',
  'record.declare': 'write',
  'record.state': 'write',
  'record.dispute': 'write',
  'book.card': 'manage',
  'book.print': 'any',
  'book.accesses': 'any',
  'book.request': 'manage',
  'book.move': 'manage',
  'consent.read': 'any',
  'consent.set': 'manage',
  'proxy.read': 'any',
  'proxy.end': 'any',
  'proxy.grant': 'own',
} as const satisfies Readonly<Record<string, Topic | 'any' | 'own'>>

/** What the new number of a book may do until the old one can no longer undo the change: add, and read its own word. */
const ARRIVING: readonly Action[] = ['record.read', 'record.declare', 'record.state']

/**
 * What a ward's station does with a person of its ward, or with one who stands before it and shows her live code; 'lead'
 * where only its lead may.
 */
const STATION = {
  'station.find': true,
  'station.verify': true,
  'station.measure': true,
  'station.assist': true,
  'station.household': true,
  'station.duplicate': true,
  'station.proxy': true,
  'station.phone': true,
  'station.dispute': true,
  'station.unverify': 'lead',
  'station.number': true,
  'station.correct': true,
  'station.move': true,
  'station.life': true,
  'station.death': true,
  'station.revive': 'lead',
  'station.merge': true,
  'station.unmerge': 'lead',
  'station.link': true,
  'station.unlink': 'lead',
} as const

/** What staff do that is about nobody in particular, and which roles. */
const WORK = {
  'campaign.read': ['station', 'station-lead', 'department'],
  'campaign.manage': ['station-lead', 'department'],
  'campaign.tickets': ['station', 'station-lead'],
  'board.read': ['station', 'station-lead', 'department'],
  'station.work': ['station', 'station-lead'],
  'declaration.assist': ['station', 'station-lead'],
  'declaration.take-over': ['station-lead'],
  'coverage.read': ['department'],
  'review.read': ['department'],
  'review.hand-out': ['department'],
  'client.manage': ['department'],
  'dispute.answer': ['station', 'station-lead'],
  'request.answer': ['privacy'],
} as const satisfies Readonly<Record<string, readonly string[]>>

/**
 * What programs of facilities do with a person's record: with what their own facility stated always, with the rest only
 * where the person's grant for treatment stands (Law 91/2025/QH15 art. 26.2). Which types, their scopes say.
 */
const EXCHANGE = [
  'exchange.read',
  'exchange.search',
  'exchange.history',
  'exchange.write',
  'exchange.everything',
  'exchange.summary',
  'exchange.export',
  'exchange.event',
] as const

/** Roles that belong to no ward. */
const OF_THE_CITY = ['department', 'privacy']

export type ResidentAction = keyof typeof RESIDENT
export type StationAction = keyof typeof STATION
export type ExchangeAction = (typeof EXCHANGE)[number]
export type Action = ResidentAction | StationAction | ExchangeAction
export type WorkAction = keyof typeof WORK

/** Whom it is about, as far as the rule asks. */
export interface About {
  readonly home: number
  /** Where she lives; null where nobody knows. */
  readonly ward?: string | null
  /** She stands before the worker: her live code was read just now. */
  readonly present?: boolean
  /** Her station has been asked whether she is another one: then it sees who she is said to be, wherever she lives. */
  readonly asked?: boolean
  /** It is what the asking facility itself stated. */
  readonly own?: boolean
  /** She opened her record to those who treat her. */
  readonly granted?: boolean
}

/** The proxy under which a resident reaches somebody else's book, if any. */
export const proxyFor = ({ proxies }: Resident, home: number): HeldProxy | undefined =>
  proxies.find((proxy) => proxy.home === home)

const isExchange = (action: Action): action is ExchangeAction => EXCHANGE.some((each) => each === action)

/** By her own token she reads what is hers, and nothing else. */
const READS: readonly Action[] = EXCHANGE.filter((action) => action !== 'exchange.write')

function residentMay(actor: Resident, action: Action, home: number): boolean {
  if (isExchange(action)) return READS.includes(action) && actor.books.includes(home)
  if (!(action in RESIDENT)) return false
  if (actor.books.includes(home)) return true
  if (actor.arriving.includes(home)) return ARRIVING.includes(action)
  const needed = RESIDENT[action as ResidentAction]
  const proxy = proxyFor(actor, home)
  if (!proxy || needed === 'own') return false
  return needed === 'any' ? proxy.topics.length > 0 : proxy.topics.includes(needed)
}

const clientMay = (action: Action, { own = false, granted = false }: About): boolean =>
  isExchange(action) && (own || granted)

const isOfStation = ({ role, ward }: Staff): boolean =>
  (role === 'station' || role === 'station-lead') && ward !== null

/** What the privacy office does for anybody: it takes back that two people's data lie in one book. */
const PRIVACY: readonly Action[] = ['station.unmerge', 'station.unlink']

const isPrivacysOwn = ({ role }: Staff, action: Action): boolean =>
  role === 'privacy' && PRIVACY.includes(action)

const staffMay = (actor: Staff, action: Action): boolean =>
  action in STATION &&
  isOfStation(actor) &&
  (STATION[action as StationAction] === true || actor.role === 'station-lead')

/**
 * The rule itself, pure: may this actor do this to this person's record?
 *
 * Denied unless a line says otherwise. A resident reaches the books her session has opened, and those for which she
 * holds a proxy, in its topics; a station's worker the people of her ward and whoever shows a live code; a facility's
 * program what its facility stated, and more by a grant; the Department sees no person, the privacy office none but to
 * part two whose books were merged.
 */
export function may(actor: Actor, action: Action, about: About): boolean {
  const { home, ward = null, present = false, asked = false } = about
  switch (actor.kind) {
    case 'client':
      return clientMay(action, about)
    case 'resident':
      return residentMay(actor, action, home)
    case 'staff':
      return (
        isPrivacysOwn(actor, action) ||
        (staffMay(actor, action) &&
          (present || actor.ward === ward || (asked && action === 'station.duplicate')))
      )
    case 'system':
      return true
    case 'nobody':
      return false
  }
}

/**
 * May this worker do what is about nobody in particular?
 * @param ward the ward it is about; null for the whole city
 */
export function mayWork(actor: Actor, action: WorkAction, ward: string | null): boolean {
  if (actor.kind === 'system') return true
  if (actor.kind !== 'staff') return false
  const roles: readonly string[] = WORK[action]
  return (
    roles.includes(actor.role) && (OF_THE_CITY.includes(actor.role) || (ward !== null && actor.ward === ward))
  )
}
