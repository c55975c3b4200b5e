import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { proveChains, rootOfHeads, rootsOfDays } from '../audit/index.ts'
import { provePeople } from '../identity/index.ts'
import type { Context } from '../platform/context.ts'
import { proveDataKeys } from '../platform/datakeys.ts'
import { proveRecord } from '../record/index.ts'
import { quoted } from './catalog.ts'
import type { Chest } from './chest.ts'

export interface Proven {
  readonly what: string
  readonly ok: boolean
  readonly seconds: number
}

export interface Proof {
  readonly ctx: Context
  readonly client: pg.Client
  readonly chest: Chest
  /** Where the server keeps the daily roots of its audit log. */
  readonly rootsDir: string
}

type Check = (proof: Proof) => Promise<Omit<Proven, 'seconds'>>

const plainRows: Check = async ({ client, chest }) => {
  const tables = [...chest.record.tables, ...chest.wrapped.tables]
  let [rows, wrong] = [0, 0]
  for (const { name, rows: expected } of tables) {
    const found = await client.query<{ rows: number }>(`select count(*) as rows from ${quoted(name)}`)
    rows += found.rows[0]?.rows ?? 0
    if (found.rows[0]?.rows !== expected) wrong += 1
  }
  return wrong === 0
    ? { ok: true, what: `${tables.length} tables hold the ${rows} rows that were backed up` }
    : {
        ok: false,
        what: `${wrong} of ${tables.length} tables hold another number of rows than were backed up`,
      }
}

const dataKeys: Check = async ({ ctx }) => {
  const { keys, closed } = await proveDataKeys(ctx)
  return closed === 0
    ? { ok: true, what: `${keys} Patients' keys unwrap` }
    : { ok: false, what: `${closed} of ${keys} Patients' keys do not unwrap with this key file` }
}

/** With the keys part of a later backup, whoever has no key was erased in between. */
const erasedSince = ({ chest }: Proof): boolean => chest.wrapped.backup !== chest.record.backup

const unkeyedText = (count: number): string =>
  count > 0 ? `; ${count} were erased since this record part was made: erase what is left of them` : ''

const people: Check = async (proof) => {
  const { patients, unkeyed, broken } = await provePeople(proof.ctx)
  const ok = broken === 0 && (unkeyed === 0 || erasedSince(proof))
  return ok
    ? { ok, what: `${patients - unkeyed} Patients' names and numbers open${unkeyedText(unkeyed)}` }
    : { ok, what: `of ${patients} Patients, ${broken} do not open and ${unkeyed} have no key` }
}

const records: Check = async (proof) => {
  const { shelves, packs, versions, erased, unkeyed, broken } = await proveRecord(proof.ctx)
  const ok = broken === 0 && (unkeyed === 0 || erasedSince(proof))
  const gone = erased > 0 ? `, ${erased} shelves are erased` : ''
  return ok
    ? {
        ok,
        what: `${packs} packs on ${shelves} shelves unseal to ${versions} resources, and numbers and versions fit${gone}${unkeyedText(unkeyed)}`,
      }
    : { ok, what: `of ${shelves} shelves, ${broken} do not open or do not fit and ${unkeyed} have no key` }
}

const chains: Check = async ({ ctx }) => {
  const { chains: count, events, broken } = await proveChains(ctx.db)
  return broken.length === 0
    ? { ok: true, what: `${count} audit chains lead through ${events} events to their heads` }
    : { ok: false, what: `${broken.length} of ${count} audit chains do not lead to their heads` }
}

const auditRoot: Check = async ({ ctx, chest }) => {
  const { root, heads } = await rootOfHeads(ctx.db)
  const ok = root.toString('hex') === chest.record.audit?.root && heads === chest.record.audit.heads
  return ok
    ? {
        ok,
        what: `the root of the audit log is the one that was backed up (${root.toString('hex').slice(0, 16)}…)`,
      }
    : { ok, what: 'the root of the audit log is not the one that was backed up' }
}

/** Day → what the file outside the database says: '2026-11-23 1047 <root in hex>'. */
async function rootsOutside(dir: string): Promise<Map<string, string>> {
  const names = await readdir(dir).catch(() => [])
  const days = names.filter((name) => /^\d{4}-\d\d-\d\d\.txt$/.test(name))
  const texts = days.map(
    async (name): Promise<[string, string]> => [
      name.slice(0, 10),
      (await readFile(join(dir, name), 'utf8')).trim(),
    ],
  )
  return new Map(await Promise.all(texts))
}

const daysOutside: Check = async ({ ctx, rootsDir }) => {
  const outside = await rootsOutside(rootsDir)
  const inside = (await rootsOfDays(ctx.db)).filter(({ day }) => outside.has(day))
  const wrong = inside.filter(
    ({ day, heads, root }) => outside.get(day) !== `${day} ${heads} ${root.toString('hex')}`,
  )
  return wrong.length === 0
    ? {
        ok: true,
        what: `${inside.length} daily roots of the audit log equal the files kept outside the database`,
      }
    : {
        ok: false,
        what: `${wrong.length} daily roots of the audit log differ from the files kept outside the database`,
      }
}

/** Before newer migrations run: they may add and remove rows. */
export const ROWS: readonly Check[] = [plainRows]
/** In this order: what comes later takes the earlier for proven. */
export const SEALS: readonly Check[] = [dataKeys, people, records, chains, auditRoot, daysOutside]

/** Runs the checks, and stops after the first thing that is wrong. */
export async function prove(
  proof: Proof,
  checks: readonly Check[],
  onProven: (proven: Proven) => void,
): Promise<Proven[]> {
  const done: Proven[] = []
  for (const check of checks) {
    const began = performance.now()
    const proven = { ...(await check(proof)), seconds: (performance.now() - began) / 1000 }
    done.push(proven)
    onProven(proven)
    if (!proven.ok) break
  }
  return done
}
