import { type CityPlan, cityOf, type Household, type LookAlikes, type Resident } from '@sokhoe/city'
import { type Homes, homeAt } from '../identity/index.ts'
import type { Actor } from '../platform/context.ts'
import { type ColumnTypes, type Copied, copied } from '../platform/copy.ts'
import { PATIENTS_A_HOME, publicId } from '../platform/ids.ts'
import { copiedShelves } from '../record/index.ts'
import { type CarriedKeys, unpack } from './carried.ts'
import { emptyLoad, type Load, type Maker, residentRows } from './rows.ts'

export interface DemoResident {
  readonly phone: string
  readonly name: string
  readonly person: string
  readonly level: Resident['level']
  readonly birthDate: string
  readonly idNumber: string | null
}

/** Residents whose rows are made and copied together: few enough for constant memory. */
const BATCH = 250

/** A share of a city: every so-many-th batch of it. */
export interface Work {
  readonly plan: CityPlan
  readonly keys: CarriedKeys
  readonly actor: Actor
  readonly types: ColumnTypes
  readonly homes: Homes
  /** How many share the work, and which of them this is. */
  readonly workers: number
  readonly worker: number
}

/** One batch as it travels to the database. */
export interface Batch {
  readonly residents: number
  /** Of them, those who have declared. */
  readonly books: number
  /** Those with a telephone of their own and a book. */
  readonly told: readonly DemoResident[]
  readonly rows: readonly Copied[]
}

interface Living {
  readonly household: Household
  readonly resident: Resident
  /** Of the household's first member: 0 for the first of the city. */
  readonly first: number
}

function* batchesOf(plan: CityPlan): Generator<readonly Living[]> {
  let batch: Living[] = []
  let first = 0
  for (const household of cityOf(plan)) {
    for (const resident of household.members) {
      batch.push({ household, resident, first })
      if (batch.length < BATCH) continue
      yield batch
      batch = []
    }
    first += household.members.length
  }
  if (batch.length > 0) yield batch
}

function tell({ keys }: Maker, resident: Resident, home: number): DemoResident[] {
  const { phone, name, level, birthDate, idNumber, declaredOn } = resident
  if (phone === null || declaredOn === null) return []
  const person = publicId(keys.id, { patientId: home * PATIENTS_A_HOME, no: 0 })
  return [{ phone, name, person, level, birthDate, idNumber }]
}

const loadOf = (types: ColumnTypes, { shelves, tables }: Load): Copied[] => [
  ...copiedShelves(shelves),
  ...[...tables].filter(([, rows]) => rows.length > 0).map(([table, rows]) => copied(types, table, rows)),
]

function rowsOf({ homes, types }: Work, maker: Maker, batch: readonly Living[]): Batch {
  const load = emptyLoad()
  const told: DemoResident[] = []
  for (const { household, resident, first } of batch) {
    const theirs = household.members.map((_, i) => homeAt(homes, first + i))
    residentRows(load, maker, household, resident, theirs)
    told.push(...tell(maker, resident, theirs[household.members.indexOf(resident)] ?? 0))
  }
  return {
    residents: batch.length,
    books: load.tables.get('identity.person')?.length ?? 0,
    told,
    rows: loadOf(types, load),
  }
}

/** Books beside those of the residents: few, made at once, each in the home behind those of all residents. */
export function rowsOfSecond(
  { plan, homes, types }: Pick<Work, 'plan' | 'homes' | 'types'>,
  maker: Maker,
  books: LookAlikes['books'],
): { readonly rows: readonly Copied[]; readonly patientIds: readonly number[] } {
  const load = emptyLoad()
  const patientIds = books.map(({ household, resident, first }, at) => {
    const home = homeAt(homes, plan.residents + at)
    const theirs = household.members.map((one, i) => (one === resident ? home : homeAt(homes, first + i)))
    residentRows(load, maker, household, resident, theirs)
    return home * PATIENTS_A_HOME
  })
  return { rows: loadOf(types, load), patientIds }
}

/** Makes a share of a city, batch by batch, through the real codec and sealing. */
export function* makeShare(work: Work): Generator<Batch> {
  const maker: Maker = { keys: unpack(work.keys), actor: work.actor }
  let turn = 0
  for (const batch of batchesOf(work.plan)) {
    if (turn % work.workers === work.worker) yield rowsOf(work, maker, batch)
    turn += 1
  }
}
