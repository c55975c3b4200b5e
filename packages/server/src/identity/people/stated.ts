import type { KeyObject } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { makeDataKey } from '../../platform/datakeys.ts'
import { PATIENTS_A_HOME } from '../../platform/ids.ts'
import {
  type Arriving,
  arrivingOf,
  judgeArriving,
  openBeside,
  pairsOf,
  type StatedPatient,
  seek,
} from '../linking/arriving.ts'
import type { Candidate } from '../linking/candidates.ts'
import type { Judged } from '../linking/judging.ts'
import { policyFor, type Side } from '../linking/policy.ts'
import { modelNow } from '../night/model.ts'
import { newHome } from './homes.ts'
import { firstPatientOf } from './rows.ts'
import { type Keeping, keepStated } from './statedrows.ts'

export interface MadePatient {
  readonly patientId: number
  /** Its shelf begins with its Patient resource, in the same transaction. */
  readonly newDataKey: KeyObject
  /** The person to whom it belongs, by her home. */
  readonly person: number
  readonly ward: string | null
}

/** A person of whom one source makes Patients without end could not be read any more: what comes later stands by itself. */
const MOST_OF_A_PERSON = 400

/** A person who is held, and where in her home the next Patient has room. */
interface Room {
  readonly home: number
  /** As she stands now: she may have been confirmed or closed while we waited. */
  readonly side: Side
  last: number
  patients: number
}

interface RoomRow {
  home: number
  last: number | null
  patients: number
  status: string
  level: Side['level']
  ward: string | null
}

/** Holds these persons until the transaction ends. */
async function roomIn({ db }: Context, homes: readonly number[]): Promise<Map<number, Room>> {
  if (homes.length === 0) return new Map()
  const asked = [...homes]
  const [, { rows }] = await Promise.all([
    sql`select home from identity.person where home = any(${asked}::bigint[]) order by home for update`.execute(
      db,
    ),
    // a statement of its own: it sees what those before us have written
    sql<RoomRow>`select home, status, level, null as ward,
        (select max(patient_id) from identity.patient where patient.home = person.home) as last,
        (select count(*)::int from identity.patient where patient.person = person.home) as patients
      from identity.person person where home = any(${asked}::bigint[])`.execute(db),
  ])
  return new Map(
    rows.map(({ home, last, patients, ...side }) => [
      home,
      { home, patients, last: last ?? firstPatientOf(home) - 1, side: { ...side, person: home } },
    ]),
  )
}

const takes = (room: Room | undefined): room is Room =>
  room !== undefined &&
  room.patients < MOST_OF_A_PERSON &&
  policyFor({ verdict: 'same' }, { person: -1, status: 'stated', level: 'phone', ward: null }, room.side) ===
    'linked'

async function placeOf(ctx: Context, room: Room | undefined) {
  if (room) room.patients += 1
  if (room && room.last + 1 < (room.home + 1) * PATIENTS_A_HOME) {
    room.last += 1
    return { home: room.home, patientId: room.last, person: room.home, isNewPerson: false }
  }
  const home = await newHome(ctx)
  const of = { home, patientId: firstPatientOf(home) }
  return room ? { ...of, person: room.home, isNewPerson: false } : { ...of, person: home, isNewPerson: true }
}

interface Made extends Keeping {
  readonly ward: string | undefined
  readonly livesIn: string | null
}

const asCandidate = (one: Arriving, { patientId, person, ward }: Made, side: Side): Candidate => ({
  patientId,
  source: one.source,
  demographics: one.demographics,
  prepared: one.prepared,
  phones: [],
  numbers: one.numbers,
  status: side.status,
  level: side.level,
  person,
  ward: ward ?? null,
})

const joiningOf = (judged: readonly Judged[]): number[] =>
  judged.filter(({ outcome }) => outcome === 'linked').map(({ candidate }) => candidate.person)

/** Each joins the likeliest person who can take her, or begins one; what was made just now is known to the next. */
async function make(
  ctx: Context,
  arriving: readonly Arriving[],
  known: readonly (readonly Candidate[])[],
): Promise<Made[]> {
  const model = modelNow(ctx)
  const likeliest = arriving.flatMap((one, i) =>
    joiningOf(judgeArriving(one, known[i] ?? [], model)).slice(0, 1),
  )
  const rooms = await roomIn(ctx, [...new Set(likeliest)])
  const beside = openBeside()
  const made: Made[] = []
  for (const [i, one] of arriving.entries()) {
    const judged = judgeArriving(one, [...(known[i] ?? []), ...beside.of(one)], model)
    const joined = judged.find(
      ({ outcome, candidate }) => outcome === 'linked' && takes(rooms.get(candidate.person)),
    )
    const room = joined && rooms.get(joined.candidate.person)
    const place = await placeOf(ctx, room)
    const { dataKey: newDataKey, row: wrapped } = makeDataKey(ctx.keys, place.patientId)
    const next: Made = {
      ...place,
      newDataKey,
      wrapped,
      source: one.source,
      demographics: one.demographics,
      numbers: one.numbered,
      keys: one.keys,
      ward: one.ward,
      livesIn: one.ward ?? joined?.candidate.ward ?? null,
      score: joined?.decision.score ?? null,
      pairs: pairsOf(place.patientId, one, judged, joined),
    }
    made.push(next)
    const side = room?.side ?? { person: place.person, status: 'stated', level: 'phone', ward: null }
    beside.add(one, asCandidate(one, next, side))
    if (place.isNewPerson)
      rooms.set(place.person, { home: place.home, side, last: place.patientId, patients: 1 })
  }
  return made
}

/**
 * Makes for each statement a Patient of its source, with a key of its own. The comparison decides on arrival: it belongs
 * to a person who is known already where both are surely the same and she has no book, or a confirmed one. Otherwise it
 * begins a person who has no book; whoever may be the same is kept beside it, to wait for a confirmation or for the
 * station. Those who bring one person at the same moment take turns. In the caller's transaction, which puts the Patient
 * resource too.
 * @returns in the order given
 */
export async function statePatients(ctx: Context, stated: readonly StatedPatient[]): Promise<MadePatient[]> {
  if (stated.length === 0) return []
  const arriving = stated.map((one) => arrivingOf(ctx, one))
  const made = await make(ctx, arriving, await seek(ctx, arriving))
  await keepStated(ctx, made)
  return made.map(({ patientId, newDataKey, person, livesIn }) => ({
    patientId,
    newDataKey,
    person,
    ward: livesIn,
  }))
}
