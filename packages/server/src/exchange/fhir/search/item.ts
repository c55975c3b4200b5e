import type { FhirResource } from '@sokhoe/fhir'
import type { DirectoryVersion } from '../../../directory/index.ts'
import type { Context } from '../../../platform/context.ts'
import { publicId } from '../../../platform/ids.ts'
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
}

type Of = Pick<Item, 'type' | 'patientId' | 'no' | 'source' | 'code' | 'date' | 'at'>

function item({ keys }: Context, of: Of, bytes: () => Buffer): Item {
  const { type, patientId, no, source, code, date, at } = of
  let [id, resource]: [string | undefined, FhirResource | undefined] = [undefined, undefined]
  return {
    ...{ type, patientId, no, source, code, date, at, bytes },
    id: () => {
      id ??= publicId(keys.id, { patientId, no })
      return id
    },
    resource: () => {
      resource ??= JSON.parse(bytes().toString()) as FhirResource
      return resource
    },
  }
}

export const itemOfEntry = (ctx: Context, entry: Entry): Item => item(ctx, entry, () => bytesOf(entry))

export const itemOfDirectory = (ctx: Context, { type, no, source, at, text }: DirectoryVersion): Item =>
  item(ctx, { type, patientId: 0, no, source, code: '', date: '', at: at.getTime() }, text)

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
