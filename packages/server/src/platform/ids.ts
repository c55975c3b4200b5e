import { createCipheriv, createDecipheriv } from 'node:crypto'

/** The first key version; the id key is permanent, the version leaves room should it ever have to change. */
const KEY_VERSION = 1
const CHECK = 0x5b0c
/** A home holds this many Patients: patient_id = home · 4096 + k. */
export const PATIENTS_A_HOME = 4096

export interface ResourceKey {
  readonly patientId: number
  /** The resource's number on its Patient's shelf; 0 is the Patient resource itself. */
  readonly no: number
}

export const homeOf = (patientId: number): number => Math.floor(patientId / PATIENTS_A_HOME)

/**
 * The public id of a resource: one AES-256 block over (patient_id 64 bits, no 32, check 16, key version 16), written
 * like a UUID. Nobody can see that two ids belong together; the server finds the row without a lookup.
 */
export function publicId(idKey: Buffer, { patientId, no }: ResourceKey): string {
  const block = Buffer.alloc(16)
  block.writeBigUInt64BE(BigInt(patientId), 0)
  block.writeUInt32BE(no, 8)
  block.writeUInt16BE(CHECK, 12)
  block.writeUInt16BE(KEY_VERSION, 14)
  const hex = createCipheriv('aes-256-ecb', idKey, null).setAutoPadding(false).update(block).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}

const WRITTEN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** @returns undefined for anything this house did not make: a forged id is known without a query */
export function readPublicId(idKey: Buffer, id: string): ResourceKey | undefined {
  if (!WRITTEN.test(id)) return undefined
  const block = createDecipheriv('aes-256-ecb', idKey, null)
    .setAutoPadding(false)
    .update(Buffer.from(id.replaceAll('-', ''), 'hex'))
  if (block.readUInt16BE(12) !== CHECK || block.readUInt16BE(14) !== KEY_VERSION) return undefined
  const patientId = block.readBigUInt64BE(0)
  if (patientId > BigInt(Number.MAX_SAFE_INTEGER)) return undefined
  return { patientId: Number(patientId), no: block.readUInt32BE(8) }
}
