import { sql } from 'kysely'
import { ask } from '../../platform/ask.ts'
import type { Context } from '../../platform/context.ts'
import { dataKeysOf } from '../../platform/datakeys.ts'
import { homeOf } from '../../platform/ids.ts'
import { blind, type Keys } from '../../platform/keys.ts'
import { type Demographics, identifierHash, openDemographics } from './demographics.ts'

/** Names these locks apart from any others in the database. */
const NUMBERS = 7903

/** A number that means something within the source that gave it, such as a hospital's own. */
export interface OwnNumber {
  readonly system: string
  readonly value: string
}

/** A number by its blind index. */
export interface Numbered {
  readonly hash: Buffer
  readonly system: string
}

/** Every number by which a Patient of this source may be known again. */
export const numbersOf = (
  keys: Keys,
  source: string,
  { identifiers }: Demographics,
  own: readonly OwnNumber[],
): Numbered[] => [
  ...identifiers.map((one) => ({ hash: identifierHash(keys, one), system: one.system })),
  ...own.map(({ system, value }) => ({
    hash: blind(keys, `own ${source}`, `${system}|${value}`),
    system: 'own',
  })),
]

const HOLD = 'select pg_advisory_xact_lock($1, turn) from unnest($2::int[]) turn'

/** Whoever brings one of these numbers at the same moment waits: held until the transaction ends. */
export async function holdNumbers({ db }: Context, hashes: readonly Buffer[]): Promise<void> {
  if (hashes.length === 0) return
  const turns = [...new Set(hashes.map((hash) => hash.readInt32BE(0)))].toSorted((a, b) => a - b)
  await ask(db, HOLD, NUMBERS, turns)
}

/** A Patient that is known by a number, with what its source says of who it is. */
export interface Known {
  readonly hash: string
  readonly patientId: number
  /** The person to whom it belongs now. */
  readonly person: number
  readonly status: string
  readonly assurance: string
  readonly ward: string | null
  readonly demographics: Demographics
}

interface PatientRow {
  patient_id: number
  person: number
  ward: string | null
  demographics: Buffer
  status: string
}

/** A number that many Patients bear says by its first few whose it is. */
const MOST_ASKED = 8
const SUREST = "assurance = 'verified' desc, patient_id"
const NUMBERED = `select hash, patient_id, assurance from (
    select hash, patient_id, assurance, row_number() over (partition by hash order by ${SUREST}) as place
    from identity.identifier
    where hash = any($1::bytea[]) and assurance in ('verified', 'stated') and until is null) named
  where place <= $2 order by ${SUREST}`

interface NumberedRow {
  hash: Buffer
  patient_id: number
  assurance: string
}

/** Whom verified numbers, and numbers that facilities have stated, name; a mere word and an unseen card name nobody. */
export async function knownBy(ctx: Context, hashes: readonly Buffer[]): Promise<Known[]> {
  if (hashes.length === 0) return []
  const numbered = await ask<NumberedRow>(ctx.db, NUMBERED, hashes, MOST_ASKED)
  if (numbered.length === 0) return []
  const patientIds = [...new Set(numbered.map((row) => row.patient_id))]
  const [{ rows }, keys] = await Promise.all([
    sql<PatientRow>`select patient.patient_id, patient.person, patient.ward, patient.demographics, person.status
      from identity.patient patient join identity.person person on person.home = patient.person
      where patient.home = any(${[...new Set(patientIds.map(homeOf))]}::bigint[])
        and patient.patient_id = any(${patientIds}::bigint[])
        and person.status in ('active', 'deceased', 'stated')`.execute(ctx.db),
    dataKeysOf(ctx, patientIds),
  ])
  const patients = new Map(rows.map((row) => [row.patient_id, row]))
  return numbered.flatMap(({ hash, patient_id: patientId, assurance }) => {
    const [row, key] = [patients.get(patientId), keys.get(patientId)]
    if (!row || !key) return []
    const { person, ward, status } = row
    const demographics = openDemographics(key, patientId, row.demographics)
    return [{ hash: hash.toString('hex'), patientId, person, status, assurance, ward, demographics }]
  })
}
