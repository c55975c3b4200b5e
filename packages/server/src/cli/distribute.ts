import pg from 'pg'
import { readConfig } from '../platform/config.ts'
import { PLACEMENT, type Placement } from '../platform/placement.ts'
import { joinDatabase } from '../start/database.ts'
import { type Io, orSentence } from './io.ts'

export interface Distribution {
  readonly table: string
  readonly statements: readonly { readonly text: string; readonly values: readonly string[] }[]
}

const REFERENCE = 'select create_reference_table($1::regclass)'
const SPREAD = 'select create_distributed_table($1::regclass, $2, colocate_with => $3)'
/** The rows were copied to where they now live; what stays behind would only take room. */
const TIDY = 'select truncate_local_data_after_distributing_table($1::regclass)'

/**
 * What Citus is told, in order: tables that are copied to every server first, then those that are spread. Tables spread
 * by one column lie together, so that what belongs to one home is served by one server.
 */
export function distributions(placement: Readonly<Record<string, Placement>>): Distribution[] {
  const first = new Map<string, string>()
  const reference: Distribution[] = []
  const spread: Distribution[] = []
  for (const [table, place] of Object.entries(placement)) {
    if (place === 'local') continue
    if (place === 'reference') {
      reference.push({ table, statements: [{ text: REFERENCE, values: [table] }] })
      continue
    }
    const beside = first.get(place.distributed) ?? 'none'
    if (beside === 'none') first.set(place.distributed, table)
    const statements = [
      { text: SPREAD, values: [table, place.distributed, beside] },
      { text: TIDY, values: [table] },
    ]
    spread.push({ table, statements })
  }
  return [...reference, ...spread]
}

const MISSING = `Citus is missing in this database: install the extension on every server, then "create extension citus"
and "select citus_add_node(…)" on the first. Until then everything runs the same on one server.`

async function hasCitus(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query(`select 1 from pg_extension where extname = 'citus'`)
  return rows.length > 0
}

async function distribute(client: pg.Client, io: Io): Promise<number> {
  if (!(await hasCitus(client))) {
    io.err(MISSING)
    return 1
  }
  const { rows } = await client.query<{ name: string }>(
    'select logicalrelid::text as name from pg_dist_partition',
  )
  const done = new Set(rows.map((row) => row.name))
  const waiting = distributions(PLACEMENT).filter(({ table }) => !done.has(table))
  for (const { table, statements } of waiting) {
    for (const { text, values } of statements) await client.query(text, [...values])
    io.err(table)
  }
  io.out(`${waiting.length} tables were distributed, ${done.size} had been before.`)
  return 0
}

/** `distribute`: turns a plain database into a distributed one, table by table; safe to stop and to repeat. */
export async function distributeCommand(_args: readonly string[], io: Io): Promise<number> {
  return await orSentence(io, async () => {
    const { url, stop } = await joinDatabase(readConfig(io.env))
    const client = new pg.Client({ connectionString: url, application_name: 'sokhoe-distribute' })
    try {
      await client.connect()
      return await distribute(client, io)
    } finally {
      await client.end()
      await stop()
    }
  })
}
