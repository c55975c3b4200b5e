import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { newKeys } from '../../test/house.ts'
import { publicId, readPublicId } from './ids.ts'
import { blind, fingerprint, keyMark, makeKeys, readKeys } from './keys.ts'
import { seal, unseal } from './seal.ts'

const place = () => join(mkdtempSync(join(tmpdir(), 'sokhoe-keys-')), 'keys')

test('a new key file is readable by its owner alone, and is never overwritten', async () => {
  const path = place()
  await makeKeys(path)

  expect(statSync(path).mode & 0o777).toBe(0o600)
  await expect(makeKeys(path)).rejects.toMatchObject({ code: 'keys-exist' })
})

test('a missing, damaged or shared key file is refused in a sentence that tells no key', async () => {
  const path = place()
  await expect(readKeys(path)).rejects.toMatchObject({ code: 'keys-missing' })

  await makeKeys(path)
  chmodSync(path, 0o644)
  await expect(readKeys(path)).rejects.toMatchObject({ code: 'keys-readable-by-others' })

  chmodSync(path, 0o600)
  const text = readFileSync(path, 'utf8')
  for (const damaged of ['', '{}', text.slice(0, -20), text.replace(/"id": "[^"]+"/, '"id": "c2hvcnQ="')]) {
    writeFileSync(path, damaged)
    const refused = await readKeys(path).catch((error: Error) => error)
    expect(refused).toMatchObject({ code: 'keys-unreadable' })
    expect(String(refused)).not.toContain('c2hvcnQ')
  }
})

test('blind indexes and fingerprints differ by purpose and by key file', async () => {
  const [one, other] = [await newKeys(), await newKeys()]
  const all = [
    blind(one, 'cccd', '079161000001'),
    blind(one, 'cmnd', '079161000001'),
    blind(other, 'cccd', '079161000001'),
    fingerprint(one, 'code', '079161000001'),
    fingerprint(one, 'code', '0791610', '00001'),
  ].map((hash) => hash.toString('hex'))

  expect(new Set(all).size).toBe(all.length)
  expect(keyMark(one)).not.toBe(keyMark(other))
})

test('sealed bytes open only with their key and for what they were sealed', async () => {
  const [one, other] = [await newKeys(), await newKeys()]
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat(), (bytes, at) => {
      const [plain, about] = [Buffer.from(bytes), Buffer.from('pack 7')]
      const sealed = seal(one.backup, plain, about)
      expect(unseal(one.backup, sealed, about)).toEqual(plain)
      expect(() => unseal(other.backup, sealed, about)).toThrow()
      expect(() => unseal(one.backup, sealed, Buffer.from('pack 8'))).toThrow()
      const changed = Buffer.from(sealed)
      changed.writeUInt8((changed.readUInt8(at % sealed.length) + 1) % 256, at % sealed.length)
      expect(() => unseal(one.backup, changed, about)).toThrow()
    }),
  )
})

test('public ids lead back to their resource, and a forged one is known without asking', async () => {
  const [one, other] = [await newKeys(), await newKeys()]
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 2 ** 52 }),
      fc.integer({ min: 0, max: 2 ** 31 }),
      (patientId, no) => {
        const id = publicId(one.id, { patientId, no })
        expect(readPublicId(one.id, id)).toEqual({ patientId, no })
        expect(readPublicId(other.id, id)).toBeUndefined()
      },
    ),
  )
  fc.assert(fc.property(fc.uuid(), (id) => void expect(readPublicId(one.id, id)).toBeUndefined()))
  fc.assert(fc.property(fc.string(), (text) => void expect(readPublicId(one.id, text)).toBeUndefined()))
})
