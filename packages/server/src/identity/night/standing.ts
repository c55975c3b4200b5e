import { isConfirmed } from '@sokhoe/model/levels'
import { BOOK } from '@sokhoe/signals/linkage'
import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { PATIENTS_A_HOME } from '../../platform/ids.ts'
import type { Standing } from '../linking/links.ts'
import { wardOfSource } from '../linking/policy.ts'

/** Rows read at once. */
const PAGE = 20_000

/**
 * Page after page, each from the last row of the one before, until one is empty. The database reads the next while this
 * one is worked on: work on one page must not change what another holds.
 */
export async function* paged<Row>(
  read: (last: Row | undefined) => Promise<{ readonly rows: Row[] }>,
): AsyncGenerator<Row[]> {
  let { rows } = await read(undefined)
  while (rows.length > 0) {
    const next = read(rows.at(-1))
    // told where it is waited for
    next.catch(() => undefined)
    yield rows
    rows = (await next).rows
  }
}

/** All Patients of the city in the order of their numbers: the place of each is its rank. */
export interface Records {
  readonly patientIds: Float64Array
  /** To whom each belongs now, by her home. */
  readonly persons: Float64Array
  /** Where she lives, else the ward of the station that states her. */
  readonly wards: readonly (string | null)[]
}

/** The rank of a Patient; -1 for one who is not among them. */
export function rankOf({ patientIds }: Records, patientId: number): number {
  let [low, high] = [0, patientIds.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const found = patientIds[middle] ?? 0
    if (found === patientId) return middle
    if (found < patientId) low = middle + 1
    else high = middle - 1
  }
  return -1
}

/** The same text for all who live there. */
function oneText(known: Map<string, string>, code: string): string {
  const before = known.get(code)
  if (before === undefined) known.set(code, code)
  return before ?? code
}

interface PatientRow {
  home: number
  patient_id: number
  person: number
  ward: string | null
  source: string
}

/** Everybody who was there when the run began; who came since then has been compared on arrival. */
export async function readRecords({ pool }: Context, until: Date): Promise<Records> {
  const [patientIds, persons, wards]: [number[], number[], (string | null)[]] = [[], [], []]
  const codes = new Map<string, string>()
  const pages = paged<PatientRow>((last) =>
    sql<PatientRow>`
      select home, patient_id, person, ward, source from identity.patient
      where (home, patient_id) > (${last?.home ?? -1}, ${last?.patient_id ?? -1}) and created_at <= ${until}
      order by home, patient_id limit ${PAGE}`.execute(pool),
  )
  for await (const rows of pages)
    for (const row of rows) {
      patientIds.push(row.patient_id)
      persons.push(row.person)
      const ward = row.ward ?? wardOfSource(row.source)
      wards.push(ward === null ? null : oneText(codes, ward))
    }
  return { patientIds: Float64Array.from(patientIds), persons: Float64Array.from(persons), wards }
}

/** A person as she stands, and whether her home began with a book of her own, however it stands now. */
export interface Person extends Standing {
  readonly book: boolean
}

/** Every person, by her home. */
export async function readPersons({ pool }: Context): Promise<Map<number, Person>> {
  const persons = new Map<number, Person>()
  const pages = paged<Person>((last) =>
    sql<Person>`
      select home, status, level, case status when 'stated' then false
          when 'joined' then exists (select 1 from identity.enrolment where enrolment.home = person.home)
          else true end as book
      from identity.person person where home > ${last?.home ?? -1} order by home limit ${PAGE}`.execute(pool),
  )
  for await (const rows of pages) for (const row of rows) persons.set(row.home, row)
  return persons
}

/** Of {@link BOOK}: the first Patient of a home that began with a book is the book's own. */
export function booksOf({ patientIds }: Records, persons: ReadonlyMap<number, Person>): Uint8Array {
  return Uint8Array.from(patientIds, (patientId) => {
    const person = patientId % PATIENTS_A_HOME === 0 ? persons.get(patientId / PATIENTS_A_HOME) : undefined
    if (!person?.book) return BOOK.none
    // a closed book takes nothing more
    return isConfirmed(person.level) && person.status !== 'closed' ? BOOK.confirmed : BOOK.unconfirmed
  })
}

/** Active 12-digit numbers that a station has seen, blind, by rank. */
export async function readVerified({ pool }: Context, records: Records): Promise<Map<number, string[]>> {
  const verified = new Map<number, string[]>()
  interface Row {
    hash: Buffer
    patient_id: number
  }
  const pages = paged<Row>((last) =>
    sql<Row>`
      select hash, patient_id from identity.identifier
      where (hash, patient_id) > (${last?.hash ?? Buffer.alloc(0)}, ${last?.patient_id ?? -1})
        and system = 'cccd' and assurance = 'verified' and until is null
      order by hash, patient_id limit ${PAGE}`.execute(pool),
  )
  for await (const rows of pages)
    for (const row of rows) {
      const rank = rankOf(records, row.patient_id)
      const number = row.hash.toString('latin1', 0, 12)
      const known = verified.get(rank)
      if (known) known.push(number)
      else if (rank >= 0) verified.set(rank, [number])
    }
  return verified
}

/** Two ranks each, as they grow. */
export interface Ranks {
  readonly a: number[]
  readonly b: number[]
}

const noRanks = (): Ranks => ({ a: [], b: [] })

const noTied = (): Tied => ({ ...noRanks(), tie: [] })

function addRanks(to: Ranks, a: number, b: number): boolean {
  if (a < 0 || b < 0 || a === b) return false
  to.a.push(a)
  to.b.push(b)
  return true
}

function addTied(to: Tied, a: number, b: number, tie: number): void {
  if (addRanks(to, a, b)) to.tie.push(tie)
}

/** How a Patient is linked that was made within a book: it is hers by that, and not by any comparison. */
const WITHIN_A_BOOK = ['stated in her presence', 'recognised on arrival']

/** Comes before anything that was ruled later. */
const BEFORE_ALL = Number.MIN_SAFE_INTEGER

/** Patients that are a book's by how they were made, each beside the book's own. */
export async function readTies({ pool }: Context, records: Records): Promise<Tied> {
  const ties = noTied()
  interface Row {
    home: number
    patient_id: number
  }
  const pages = paged<Row>((last) =>
    sql<Row>`
      select distinct home, patient_id from identity.link
      where (home, patient_id) > (${last?.home ?? -1}, ${last?.patient_id ?? -1})
        and why = any(${WITHIN_A_BOOK}::text[]) and score is null
      order by home, patient_id limit ${PAGE}`.execute(pool),
  )
  for await (const rows of pages)
    for (const row of rows)
      addTied(ties, rankOf(records, row.home * PATIENTS_A_HOME), rankOf(records, row.patient_id), BEFORE_ALL)
  return ties
}

/** Ranks of two that are one, and what settles between such: the lower first. */
export interface Tied extends Ranks {
  readonly tie: number[]
}

/** What people have ruled, as it stands; of rulings that contradict each other through others the newest hold. */
export interface Rulings {
  /** Carried out: both belong to one person. */
  readonly same: Tied
  /** Not carried out yet, such as for a book that nobody has confirmed. */
  readonly wished: Tied
  readonly different: Ranks
}

export async function readRulings({ pool }: Context, records: Records): Promise<Rulings> {
  const [same, wished, different] = [noTied(), noTied(), noRanks()]
  interface Row {
    patient_id: number
    other_patient_id: number
    same: boolean
    at: Date
  }
  const { rows } = await sql<Row>`
    select patient_id, other_patient_id, bool_and(same) as same, max(at) as at from identity.ruling
    where ended_at is null group by patient_id, other_patient_id`.execute(pool)
  for (const row of rows) {
    const [a, b] = [rankOf(records, row.patient_id), rankOf(records, row.other_patient_id)]
    const isOne = records.persons[a] === records.persons[b]
    if (row.same) addTied(isOne ? same : wished, a, b, -row.at.getTime())
    else addRanks(different, a, b)
  }
  return { same, wished, different }
}

/** What tonight's comparison found, by rank. */
export interface Edges extends Tied {
  readonly score: number[]
}

/** Rules by which two are held to be two until somebody looks: no chain of others may join them behind everybody's back. */
const SPEAK_AGAINST = new Set([
  'twins',
  'other-marks',
  'like-names',
  'multiple-birth',
  'two-generations',
  'two-sexes',
  'number-of-another',
])

interface FoundRow {
  patient_id: number
  other_patient_id: number
  verdict: string
  score: number
  rule: string | null
  tie: number
}

/** What was found tonight that joins, and what speaks against joining. */
export async function readEdges(
  { pool }: Context,
  records: Records,
): Promise<{ readonly edges: Edges; readonly against: Ranks }> {
  const edges: Edges = { ...noTied(), score: [] }
  const against = noRanks()
  const pages = paged<FoundRow>((last) =>
    sql<FoundRow>`
      select patient_id, other_patient_id, verdict, score, rule, tie from identity.night_pair
      where (patient_id, other_patient_id) > (${last?.patient_id ?? -1}, ${last?.other_patient_id ?? -1})
      order by patient_id, other_patient_id limit ${PAGE}`.execute(pool),
  )
  for await (const rows of pages) for (const row of rows) addFound(records, row, edges, against)
  return { edges, against }
}

function addFound(records: Records, row: FoundRow, edges: Edges, against: Ranks): void {
  const [a, b] = [rankOf(records, row.patient_id), rankOf(records, row.other_patient_id)]
  if (a < 0 || b < 0) return
  if (row.verdict !== 'same') {
    if (row.rule !== null && SPEAK_AGAINST.has(row.rule)) addRanks(against, a, b)
    return
  }
  if (!addRanks(edges, a, b)) return
  edges.score.push(row.score)
  edges.tie.push(row.tie)
}
