import { successors, wardsOn } from '@sokhoe/codes'
import { cityModel, decide, prepare } from '@sokhoe/signals/linkage'
import { expect, test } from 'vitest'
import { newKeys } from '../../../test/house.ts'
import { type Demographics, identifierHash } from '../people/demographics.ts'
import { readyOf } from './keys.ts'
import { phoneMark, saidOf } from './said.ts'

/** A day on which the wards of before stood. */
const BEFORE = '2025-06-30'

const HA: Demographics = {
  name: 'Nguyễn Thị Thu Hà',
  sex: 'female',
  birthDate: '1961-04-30',
  identifiers: [
    { system: 'cccd', value: '079161012345' },
    { system: 'bhyt', value: 'GD4797912345678' },
  ],
}

test('a ward of before July 2025 is read as the wards in which its ground lies today, a split one as all of them', async () => {
  const keys = await newKeys()
  const wardsOf = (ward: string) => saidOf(keys, HA, { ward }).wards ?? []
  const isSplit = ({ code }: { code: string }) => successors(code, BEFORE).length > 1
  const split = wardsOn(BEFORE).find(isSplit)?.code ?? ''
  for (const code of ['26911', split]) {
    const today = successors(code, BEFORE).map(({ ward }) => ward.code)
    expect(wardsOf(code)).toEqual(expect.arrayContaining(today))
  }
  expect(wardsOf(split).length).toBeGreaterThan(1)
  expect(wardsOf('99999')).toEqual(['99999'])
  expect(saidOf(keys, HA, { ward: null }).wards).toEqual([])

  const nobodyKnows = { ...HA, identifiers: [] }
  const [old, now] = [split, successors(split, BEFORE)[0]?.ward.code ?? ''].map((ward) =>
    prepare(saidOf(keys, nobodyKnows, { ward })),
  )
  const levels = old && now ? decide(old, now, cityModel()).reasons : []
  expect(levels.find(({ field }) => field === 'place')?.weight).toBeGreaterThan(0)
})

test('a telephone is a mark that tells equal from unequal; a landline, which is a house’s or a switchboard’s, is none', async () => {
  const keys = await newKeys()
  const marks = ['0912 345 678', '+84 912.345.678', '84912345678'].map((typed) => phoneMark(keys, typed))
  expect(new Set(marks).size).toBe(1)
  expect(marks[0]).toMatch(/^\d{20}$/)
  expect(marks[0]).not.toContain('912345678')
  expect(phoneMark(keys, '0912345679')).not.toBe(marks[0])
  expect(['028 3855 4137', '', 'không có', '113'].map((typed) => phoneMark(keys, typed))).toEqual(
    Array.from({ length: 4 }, () => undefined),
  )
})

test('of a confirmed book only the numbers that were seen speak, and those that were ended', async () => {
  const keys = await newKeys()
  const [cccd] = HA.identifiers
  if (!cccd) throw new RangeError('no number')
  const verified = new Set([identifierHash(keys, cccd).toString('hex')])
  const ended = [{ system: 'cmnd', value: '024161234', until: '2021-04-22' }] as const
  const said = saidOf(keys, { ...HA, ended }, { ward: null, verified, onlyVerified: true })
  expect(said.numbers).toEqual([
    { ...cccd, verified: true },
    { system: 'cmnd', value: '024161234', ended: true },
  ])
  expect(saidOf(keys, HA, { ward: null }).numbers?.map((one) => one.verified)).toEqual([false, false])
})

test('two spellings of one person share a key, under one key file only', async () => {
  const [keys, others] = [await newKeys(), await newKeys()]
  const bare = { ...HA, name: 'NGUYEN THU HA', identifiers: [] }
  const [one, two] = [HA, bare].map((said) => new Set(readyOf(keys, said, { ward: null }).keys))
  expect(one && two && one.isDisjointFrom(two)).toBe(false)
  expect(one?.isDisjointFrom(new Set(readyOf(others, HA, { ward: null }).keys))).toBe(true)
})
