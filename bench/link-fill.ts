import { withClient } from '../packages/server/src/city/index.ts'
import { bookRows, facilityPatientRow, homeAt, newHomes } from '../packages/server/src/identity/index.ts'
import { columnTypes, copied, sendCopied } from '../packages/server/src/platform/copy.ts'
import { openDb } from '../packages/server/src/platform/database.ts'
import { makeDataKey } from '../packages/server/src/platform/datakeys.ts'
import { PATIENTS_A_HOME } from '../packages/server/src/platform/ids.ts'
import { type Keys, readKeys } from '../packages/server/src/platform/keys.ts'
import { type Record, recordsOf } from './link/city.ts'

/**
 * Fills a city's index of persons with so many records, each a person by itself, sealed and with its keys as the house
 * keeps them; for the bench, and as a process of its own: link-fill.ts URL KEYS SIZE SEED.
 */
const [, , url = '', keyFile = '', size = '', seed = ''] = process.argv

const TABLES = [
  'keys.data_key',
  'identity.person',
  'identity.enrolment',
  'identity.patient',
  'identity.link',
  'identity.identifier',
  'identity.name_key',
  'identity.link_key',
] as const
type Rows = Map<(typeof TABLES)[number], object[]>

const BATCH = 2000
/** Of the books, so many in ten were confirmed. */
const CONFIRMED = 3

function add(rows: Rows, table: (typeof TABLES)[number], more: readonly object[]): void {
  const known = rows.get(table)
  if (known) known.push(...more)
  else rows.set(table, [...more])
}

/** Known through a facility alone. */
function addStated(
  rows: Rows,
  keys: Keys,
  home: number,
  { source, demographics, ward }: Record,
  at: Date,
): void {
  const patientId = home * PATIENTS_A_HOME
  const { dataKey, row } = makeDataKey(keys, patientId)
  const made = facilityPatientRow(keys, { home, patientId, source, ward, demographics, dataKey, at })
  add(rows, 'keys.data_key', [row])
  const person = {
    home,
    status: 'stated',
    level: 'phone',
    synthetic: true,
    created_at: at,
    channel: 'import',
  }
  add(rows, 'identity.person', [{ ...person, campaign: null }])
  add(rows, 'identity.patient', [made.patient])
  add(rows, 'identity.link', [{ ...made.link, why: 'first statement' }])
  add(
    rows,
    'identity.identifier',
    made.identifiers.map((one) => ({ ...one, assurance: 'stated' })),
  )
  add(rows, 'identity.link_key', made.linkKeys)
}

/** A book, as its holder declared it. */
function addBook(rows: Rows, keys: Keys, home: number, { demographics, ward }: Record, at: Date): void {
  const { dataKey, row } = makeDataKey(keys, home * PATIENTS_A_HOME)
  const level = home % 10 < CONFIRMED ? 'verified' : 'phone'
  const made = bookRows(keys, {
    home,
    level,
    source: 'self',
    ward,
    demographics,
    dataKey,
    at,
    synthetic: true,
  })
  add(rows, 'keys.data_key', [row])
  add(rows, 'identity.person', [made.person])
  add(rows, 'identity.enrolment', [made.enrolment])
  add(rows, 'identity.patient', [made.patient])
  add(rows, 'identity.link', [made.link])
  add(rows, 'identity.identifier', made.identifiers)
  add(rows, 'identity.name_key', made.names)
  add(rows, 'identity.link_key', made.linkKeys)
}

const db = openDb(url, { max: 1 })
const keys = await readKeys(keyFile)
const at = new Date()
await withClient(url, async (client) => {
  const types = await columnTypes(client, TABLES)
  const homes = await newHomes(db, Number(size))
  let rows: Rows = new Map()
  const send = async () => {
    for (const [table, some] of rows)
      if (some.length > 0) await sendCopied(client, copied(types, table, some))
    rows = new Map()
  }
  let n = 0
  for (const record of recordsOf(Number(seed), Number(size))) {
    const addIt = record.source === 'tu-khai' ? addBook : addStated
    addIt(rows, keys, homeAt(homes, n), record, at)
    n += 1
    if (n % BATCH === 0) await send()
  }
  await send()
})
await db.destroy()
