import type { FhirResource } from '@sokhoe/fhir'
import type { DirectoryVersion } from '../../../directory/index.ts'
import type { Context } from '../../../platform/context.ts'
import { publicId, readPublicId } from '../../../platform/ids.ts'
import { bytesOf, type Entry } from '../../../record/index.ts'

/** A resource that may be seen, from a person's record or the directory; its text is final. */
export interface Item {
  readonly type: string
  /** Whose shelf; 0 the directory. */
  readonly patientId: number
  readonly no: number
  /** Who stated it. */
  readonly source: string
  /** Its first code, and when it happened, as written; '' where that is not known without its text. */
  readonly code: string
  readonly date: string
  readonly id: () => string
  /** Server time of arrival of this version, ms since 1970. */
  readonly at: number
  readonly bytes: () => Buffer
  /** For comparing only: numbers have lost their written form. */
  readonly resource: () => FhirResource
  /** Numbers of the directory's resources that its text refers to. */
  readonly directory: () => readonly number[]
}

type Of = Pick<Item, 'type' | 'patientId' | 'no' | 'source' | 'code' | 'date' | 'at'>

const REFERENCE = /"reference":"[A-Z][A-Za-z]+\/([0-9a-f-]{36})"/g
const NONE: readonly number[] = []

/** Found without reading the text as JSON. */
function directoryIn({ keys }: Pick<Context, 'keys'>, bytes: Buffer): readonly number[] {
  const found = new Set<number>()
  for (const [, id = ''] of bytes.toString('latin1').matchAll(REFERENCE)) {
    const key = readPublicId(keys.id, id)
    if (key?.patientId === 0) found.add(key.no)
  }
  return found.size === 0 ? NONE : [...found]
}

function item(ctx: Pick<Context, 'keys'>, of: Of, bytes: () => Buffer): Item {
  const { type, patientId, no, source, code, date, at } = of
  const { keys } = ctx
  let id: string | undefined
  let directory: readonly number[] | undefined
  // an item stands as long as its shelf is open: what was read of its text may go before
  let read: WeakRef<FhirResource> | undefined
  return {
    ...{ type, patientId, no, source, code, date, at, bytes },
    id: () => {
      id ??= publicId(keys.id, { patientId, no })
      return id
    },
    resource: () => {
      const known = read?.deref()
      if (known) return known
      const resource = JSON.parse(bytes().toString()) as FhirResource
      read = new WeakRef(resource)
      return resource
    },
    directory: () => {
      directory ??= directoryIn(ctx, bytes())
      return directory
    },
  }
}

/** What was learnt of an entry of an opened shelf is true as long as the shelf is kept open. */
const items = new WeakMap<Entry, Item>()

export function itemOfEntry({ keys }: Context, entry: Entry): Item {
  const known = items.get(entry)
  if (known) return known
  const made = item({ keys }, entry, () => bytesOf(entry))
  items.set(entry, made)
  return made
}

export const itemOfDirectory = ({ keys }: Context, { type, no, source, at, text }: DirectoryVersion): Item =>
  item({ keys }, { type, patientId: 0, no, source, code: '', date: '', at: at.getTime() }, text)

export const addressOf = (one: Item): string => `${one.type}/${one.id()}`

export const placeOf = ({ patientId, no }: Pick<Item, 'patientId' | 'no'>): string => `${patientId} ${no}`

/** Final texts of a record begin with type and id. */
const ID = { after: '{"resourceType":"","id":"'.length, length: 36 }

/** The same, taken from the text where that is opened anyway: a public id costs more to make than to read. */
export function addressIn(one: Item): string {
  if (one.patientId === 0) return addressOf(one)
  const at = ID.after + one.type.length
  return `${one.type}/${one.bytes().toString('latin1', at, at + ID.length)}`
}
