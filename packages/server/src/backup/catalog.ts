import type pg from 'pg'
import { escapeIdentifier } from 'pg'

/** Schemas that are not ours to keep: the server's own, and the queue of jobs, which the house makes anew. */
const LEFT_OUT = ['information_schema', 'public', 'pgboss']
export const KEYS_SCHEMA = 'keys'

export interface TableShape {
  /** 'schema.table'. */
  readonly name: string
  readonly columns: readonly string[]
  /** SQL that gives every row in the order of the columns. */
  readonly rows: string
}

export interface Partition {
  readonly name: string
  readonly of: string
  /** As CREATE TABLE takes it: 'FOR VALUES …' or 'DEFAULT'. */
  readonly bounds: string
}

export interface SequenceValue {
  readonly name: string
  readonly last: string
  readonly called: boolean
}

export const quoted = (name: string): string => name.split('.').map(escapeIdentifier).join('.')
export const schemaOf = (name: string): string => name.split('.')[0] ?? ''

/** Tables that belong to an extension are the extension's to make. */
const OURS = `not c.relispartition and n.nspname !~ '^pg_' and n.nspname <> all($1)
  and not exists (select from pg_depend d where d.classid = 'pg_class'::regclass and d.objid = c.oid and d.deptype = 'e')`

/**
 * A transaction's number means something only on the server that gave it. Restored elsewhere a high number would hide
 * its row from whoever follows commits, so every row is kept as one committed long ago.
 */
const LONG_AGO = "'3'::xid8"

interface TableRow {
  name: string
  columns: { name: string; type: string }[]
  needs: string[]
}

/** A table comes after those it refers to; otherwise by name. */
function inOrder(rows: readonly TableRow[]): TableRow[] {
  const waiting = [...rows]
  const done: TableRow[] = []
  while (waiting.length > 0) {
    const ready = waiting.findIndex(({ needs, name }) =>
      needs.every((need) => need === name || !waiting.some((other) => other.name === need)),
    )
    done.push(...waiting.splice(Math.max(ready, 0), 1))
  }
  return done
}

/** Every table of the house with its rows' shape; those of partitions come out of the table they are part of. */
export async function tablesOf(client: pg.ClientBase): Promise<TableShape[]> {
  const { rows } = await client.query<TableRow>(
    `select n.nspname || '.' || c.relname as name,
      (select json_agg(json_build_object('name', a.attname, 'type', a.atttypid::regtype::text) order by a.attnum)
        from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns,
      array(select fn.nspname || '.' || f.relname from pg_constraint k join pg_class f on f.oid = k.confrelid
        join pg_namespace fn on fn.oid = f.relnamespace where k.conrelid = c.oid and k.contype = 'f') as needs
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and ${OURS} order by 1`,
    [LEFT_OUT],
  )
  return inOrder(rows).map(({ name, columns }) => ({
    name,
    columns: columns.map((column) => column.name),
    rows: `select ${columns
      .map((column) => (column.type === 'xid8' ? LONG_AGO : escapeIdentifier(column.name)))
      .join(', ')} from ${quoted(name)}`,
  }))
}

export async function partitionsOf(client: pg.ClientBase): Promise<Partition[]> {
  const { rows } = await client.query<Partition>(
    `select n.nspname || '.' || c.relname as name, pn.nspname || '.' || p.relname as of,
      pg_get_expr(c.relpartbound, c.oid) as bounds
    from pg_inherits i join pg_class c on c.oid = i.inhrelid join pg_namespace n on n.oid = c.relnamespace
    join pg_class p on p.oid = i.inhparent join pg_namespace pn on pn.oid = p.relnamespace
    where c.relkind = 'r' and c.relispartition and n.nspname <> all($1) order by 1`,
    [LEFT_OUT],
  )
  return rows
}

/** Sequences do not wait for transactions: read after the rows, they are never behind them. */
export async function sequencesOf(client: pg.ClientBase): Promise<SequenceValue[]> {
  const { rows } = await client.query<SequenceValue>(
    `select schemaname || '.' || sequencename as name, coalesce(last_value, start_value)::text as last,
      last_value is not null as called
    from pg_sequences where schemaname !~ '^pg_' and schemaname <> all($1) order by 1`,
    [LEFT_OUT],
  )
  return rows
}

/** Migrations that ran, in their order; none for a database that is not ours. */
export async function migrationsOf(client: pg.ClientBase): Promise<string[]> {
  const { rows: known } = await client.query<{ there: boolean }>(
    `select to_regclass('public.kysely_migration') is not null as there`,
  )
  if (!known[0]?.there) return []
  const { rows } = await client.query<{ name: string }>(
    'select name from public.kysely_migration order by name',
  )
  return rows.map((row) => row.name)
}

/** How many tables anybody has made here: none in an empty database. */
export async function countTables(client: pg.ClientBase): Promise<number> {
  const { rows } = await client.query<{ tables: number }>(
    `select count(*)::int as tables from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and ${OURS}`,
    [['information_schema']],
  )
  return rows[0]?.tables ?? 0
}

/** Whether rows lie on several servers, where no one snapshot holds them all. */
export async function isDistributed(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ there: boolean }>(
    `select exists (select from pg_extension where extname = 'citus') as there`,
  )
  if (!rows[0]?.there) return false
  const { rows: spread } = await client.query('select 1 from pg_dist_partition limit 1')
  return spread.length > 0
}
