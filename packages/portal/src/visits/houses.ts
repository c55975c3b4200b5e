import { send } from '@sokhoe/ui/http'

/** A street or an alley of the ward, as the server tells it. */
export interface Street {
  readonly id: string
  readonly name: string
  readonly alley: string | null
  readonly people: number
  readonly doors: number
}

interface Door {
  readonly id: string
  readonly house: string | null
  readonly told: number | null
  readonly missing: number | null
}

export interface Member {
  readonly person: string
  readonly name: string
  readonly birthDate: string
}

/** One door of the round: who has a book there, and how many are missing as far as somebody told. */
export interface Stop extends Door {
  readonly street: string
  readonly alley: string | null
  readonly members: readonly Member[]
}

/** As many doors as one worker reaches in a day; more names than needed are not carried about. */
export const MOST_DOORS = 150
const AT_ONCE = 6

type Fetched<T> =
  | { readonly is: 'ready'; readonly data: T }
  | { readonly is: 'refused'; readonly code: string }

async function stopOf({ name, alley }: Street, door: Door): Promise<Fetched<Stop>> {
  const answer = await send<{ members: readonly Member[] }>('GET', `/api/station/households/${door.id}`)
  if (answer.is === 'refused') return { is: 'refused', code: answer.code }
  const members = answer.data.members.map((each) => ({
    person: each.person,
    name: each.name,
    birthDate: each.birthDate,
  }))
  return { is: 'ready', data: { ...door, street: name, alley, members } }
}

/** Who lives behind the doors of these streets: only what is needed to knock and to write into the right book. */
export async function stopsOf(streets: readonly Street[]): Promise<Fetched<readonly Stop[]>> {
  const doors: { street: Street; door: Door }[] = []
  for (const street of streets) {
    const answer = await send<{ doors: readonly Door[] }>('GET', `/api/station/streets/${street.id}`)
    if (answer.is === 'refused') return { is: 'refused', code: answer.code }
    doors.push(...answer.data.doors.map((door) => ({ street, door })))
  }
  const stops: Stop[] = []
  for (let from = 0; from < Math.min(doors.length, MOST_DOORS); from += AT_ONCE) {
    const part = doors.slice(from, Math.min(from + AT_ONCE, MOST_DOORS))
    const told = await Promise.all(part.map(({ street, door }) => stopOf(street, door)))
    for (const each of told) {
      if (each.is === 'refused') return each
      stops.push(each.data)
    }
  }
  return { is: 'ready', data: stops }
}
