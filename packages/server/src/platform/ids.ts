import { type Cipheriv, createCipheriv, createDecipheriv, type Decipheriv, type KeyObject } from 'node:crypto'

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

/** Blocks stand alone, so that one cipher serves for ever. */
const ciphers = new WeakMap<KeyObject, { hide: Cipheriv; show: Decipheriv }>()

function ciphersOf(idKey: KeyObject): { hide: Cipheriv; show: Decipheriv } {
  const known = ciphers.get(idKey)
  if (known) return known
  const hide = createCipheriv('aes-256-ecb', idKey, null).setAutoPadding(false)
  const show = createDecipheriv('aes-256-ecb', idKey, null).setAutoPadding(false)
  ciphers.set(idKey, { hide, show })
  return { hide, show }
}

function written(hex: string, at: number): string {
  const part = (from: number, to: number) => hex.slice(at + from, at + to)
  return `${part(0, 8)}-${part(8, 12)}-${part(12, 16)}-${part(16, 20)}-${part(20, 32)}`
}

/** Public ids of one Patient's resources, in the order of their numbers. */
export function publicIds(idKey: KeyObject, patientId: number, nos: readonly number[]): string[] {
  const blocks = Buffer.allocUnsafe(16 * nos.length)
  nos.forEach((no, i) => {
    blocks.writeBigUInt64BE(BigInt(patientId), i * 16)
    blocks.writeUInt32BE(no, i * 16 + 8)
    blocks.writeUInt16BE(CHECK, i * 16 + 12)
    blocks.writeUInt16BE(KEY_VERSION, i * 16 + 14)
  })
  const hex = ciphersOf(idKey).hide.update(blocks).toString('hex')
  return nos.map((_, i) => written(hex, i * 32))
}

/**
 * The public id of a resource: one AES-256 block over (patient_id 64 bits, no 32, check 16, key version 16), written
 * like a UUID. Nobody can see that two ids belong together; the server finds the row without a lookup.
 */
export function publicId(idKey: KeyObject, { patientId, no }: ResourceKey): string {
  return publicIds(idKey, patientId, [no])[0] ?? ''
}

const WRITTEN = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** @returns undefined for anything this house did not make: a forged id is known without a query */
export function readPublicId(idKey: KeyObject, id: string): ResourceKey | undefined {
  if (!WRITTEN.test(id)) return undefined
  const block = ciphersOf(idKey).show.update(Buffer.from(id.replaceAll('-', ''), 'hex'))
  if (block.readUInt16BE(12) !== CHECK || block.readUInt16BE(14) !== KEY_VERSION) return undefined
  const patientId = block.readBigUInt64BE(0)
  if (patientId > BigInt(Number.MAX_SAFE_INTEGER)) return undefined
  return { patientId: Number(patientId), no: block.readUInt32BE(8) }
}
