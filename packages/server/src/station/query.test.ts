import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readQuery } from './query.ts'

const TODAY = '2026-11-23'

test('what is typed into the one field is recognised by its shape', () => {
  const by = (text: string) => readQuery(text, TODAY).by
  expect(by('https://sokhoe.test/l/abc')).toBe('live')
  expect(by('http://10.0.0.1:8080/c/abc')).toBe('printed')
  expect(by('7912 3456 7890')).toBe('book')
  expect(by('079161012345')).toBe('number')
  expect(by('0912.345.678')).toBe('number')
  expect(by('DN 4 79 7912345678')).toBe('number')
  expect(by('Nguyễn Thị Thu Hà 30/04/1961')).toBe('name')
})

test('ten digits are looked up as a telephone and as an insured person’s number', () => {
  expect(readQuery('0912345678', TODAY)).toMatchObject({ phone: true, numbers: ['0912345678'] })
  expect(readQuery('7912345678', TODAY)).toMatchObject({ phone: false, numbers: ['7912345678'] })
})

test('nothing that is typed or scanned breaks the reading', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      expect(readQuery(text, TODAY).by).toBeTypeOf('string')
    }),
  )
  for (const slow of ['9'.repeat(100_000), 'a '.repeat(50_000), '- '.repeat(50_000), 'Hà '.repeat(20_000)]) {
    const before = process.cpuUsage()
    readQuery(slow, TODAY)
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(200)
  }
})
