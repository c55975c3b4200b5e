import { ask } from '../../platform/ask.ts'
import type { Context } from '../../platform/context.ts'
import { blind, type Keys } from '../../platform/keys.ts'
import { type Demographics, identifierHash } from './demographics.ts'

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
const TRY = HOLD.replace('pg_advisory', 'pg_try_advisory')

const turnsOf = (hashes: readonly Buffer[]): number[] =>
  [...new Set(hashes.map((hash) => hash.readInt32BE(0)))].toSorted((a, b) => a - b)

/** Whoever brings one of these numbers at the same moment waits: held until the transaction ends. */
export async function holdNumbers({ db }: Context, hashes: readonly Buffer[]): Promise<void> {
  if (hashes.length > 0) await ask(db, HOLD, NUMBERS, turnsOf(hashes))
}

/** The same for whoever holds a person already: who arrives may wait for her, so that nobody is waited for here. */
export async function holdFreeNumbers({ db }: Context, hashes: readonly Buffer[]): Promise<void> {
  if (hashes.length > 0) await ask(db, TRY, NUMBERS, turnsOf(hashes))
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

/** Patients who bear these numbers, by a station's sight or a facility's word; a mere word and an unseen card name nobody. */
export const bearersOf = async ({ db }: Context, hashes: readonly Buffer[]): Promise<NumberedRow[]> =>
  hashes.length === 0 ? [] : await ask<NumberedRow>(db, NUMBERED, hashes, MOST_ASKED)
