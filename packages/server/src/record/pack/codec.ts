import type { KeyObject } from 'node:crypto'
import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { PATIENTS_A_HOME } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { seal, unseal } from '../../platform/seal.ts'
import type { PackRow } from '../tables.ts'
import { dictionaryOf, NEWEST_DICTIONARY } from './dictionary.ts'
import { type DirectoryEntry, readDirectory, writeDirectory } from './directory.ts'

/** A resource as it stands in the record, with its final text. */
export type Filed = Omit<DirectoryEntry, 'offset' | 'length'> & { readonly bytes: Buffer }

export interface PackLabel {
  readonly patientId: number
  readonly firstNo: number
  readonly kind: string
  readonly source: string
  readonly at: Date
}

const [DIRECTORY, CONTENT] = [0x44, 0x43]

/** What arrives is compressed at half the time of the smallest, for an eighth more bytes; what is sealed, well. */
export type Effort = 'arriving' | 'sealing'
const LEVEL = { arriving: 3, sealing: 9 } as const

type Place = Pick<PackRow, 'patient_id' | 'first_no' | 'dictionary' | 'kind'>

/** Whose the sealed bytes are and which: a pack moved to another row, or renamed, does not open. */
function about(part: number, { patient_id, first_no, dictionary, kind }: Place): Buffer {
  const bytes = Buffer.allocUnsafe(16 + Buffer.byteLength(kind))
  bytes.writeUInt32BE(Math.floor(patient_id / 2 ** 32), 0)
  bytes.writeUInt32BE(patient_id % 2 ** 32, 4)
  bytes.writeUInt32BE(first_no, 8)
  bytes.writeUInt16BE(dictionary, 12)
  bytes[14] = part
  bytes[15] = kind.length
  bytes.write(kind, 16)
  return bytes
}

/** Compresses together, then seals: the row that stands in the database. */
export function makePack(
  dataKey: KeyObject,
  label: PackLabel,
  filed: readonly Filed[],
  effort: Effort = 'arriving',
): PackRow {
  const place = {
    home: Math.floor(label.patientId / PATIENTS_A_HOME),
    patient_id: label.patientId,
    first_no: label.firstNo,
    dictionary: NEWEST_DICTIONARY,
    kind: label.kind,
  }
  let offset = 0
  const entries = filed.map((each): DirectoryEntry => {
    const entry = { ...each, offset, length: each.bytes.length }
    offset += each.bytes.length
    return entry
  })
  const packed = deflateRawSync(Buffer.concat(filed.map((each) => each.bytes)), {
    dictionary: dictionaryOf(NEWEST_DICTIONARY),
    level: LEVEL[effort],
    memLevel: 9,
  })
  return {
    ...place,
    at: label.at,
    n: filed.length,
    source: label.source,
    dir: seal(dataKey, writeDirectory(entries), about(DIRECTORY, place)),
    content: seal(dataKey, packed, about(CONTENT, place)),
  }
}

function orDamaged<T>({ first_no }: Place, open: () => T): T {
  try {
    return open()
  } catch (cause) {
    throw new Problem('record.damaged', { cause, at: [`pack ${first_no}`] })
  }
}

/** @throws {Problem} record.damaged: bytes, key or place do not fit together */
export function openDirectory(dataKey: KeyObject, row: Place & Pick<PackRow, 'dir'>): DirectoryEntry[] {
  return orDamaged(row, () => readDirectory(unseal(dataKey, row.dir, about(DIRECTORY, row))))
}

const sizeOf = (entries: readonly DirectoryEntry[]): number =>
  entries.reduce((end, entry) => Math.max(end, entry.offset + entry.length), 0)

/** @returns the resources one after another, as the directory says @throws {Problem} record.damaged */
export function openContent(
  dataKey: KeyObject,
  row: Place & Pick<PackRow, 'content'>,
  entries: readonly DirectoryEntry[],
): Buffer {
  return orDamaged(row, () => {
    const size = sizeOf(entries)
    const bytes = inflateRawSync(unseal(dataKey, row.content, about(CONTENT, row)), {
      dictionary: dictionaryOf(row.dictionary),
      // a little more than it takes: a buffer filled to the brim makes zlib ask for another
      chunkSize: size + 64,
      maxOutputLength: size + 64,
    })
    if (bytes.length !== size) throw new RangeError('content does not fit its directory')
    return bytes
  })
}
