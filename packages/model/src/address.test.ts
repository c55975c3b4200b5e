import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareDoors, doorKey, readDoor, streetKey } from './address.ts'

const door = (text: string) => readDoor(text)
const key = (text: string) => doorKey(readDoor(text) ?? { street: '', alley: null, house: null })
const street = (text: string) => streetKey(readDoor(text) ?? { street: '', alley: null, house: null })

test('house, alley and street are told apart', () => {
  expect(door('12 Bình Quới, Phường Bình Quới')).toEqual({ street: 'Bình Quới', alley: null, house: '12' })
  expect(door('480/12/3 Bình Quới')).toEqual({ street: 'Bình Quới', alley: '480', house: '480/12/3' })
  expect(door('12 Hẻm 480 Bình Quới')).toEqual({ street: 'Bình Quới', alley: '480', house: '480/12' })
  expect(door('Số nhà 7A, Đường Số 4')).toEqual({ street: 'Đường Số 4', alley: null, house: '7A' })
  expect(door('Chung cư Thanh Đa lô IV, căn 305')).toEqual({
    street: 'Chung cư Thanh Đa lô IV',
    alley: null,
    house: '305',
  })
  expect(door('Khu phố 3')).toEqual({ street: 'Khu phố 3', alley: null, house: null })
  expect(door(' , ')).toBeUndefined()
})

test('one door is one door, however it is written', () => {
  expect(key('480/12 Bình Quới, P. 27')).toBe(key('12 hẻm 480 BINH QUOI, Phường Bình Quới'))
  expect(key('12/3 Đường Số 4')).toBe(key('12/3 đ. số 4'))
  expect(key('12/3 Đường Số 4')).not.toBe(key('12/3 Đường Số 5'))
  expect(street('480/12 Bình Quới')).toBe(street('480/90 Bình Quới'))
  expect(street('480/12 Bình Quới')).not.toBe(street('12 Bình Quới'))
})

test('a walk goes up the odd side and back on the even one; doors without a number come last', () => {
  const houses = ['4', '2', '11', '3', '3A', null, '480/2', '480/1'].map((house) => ({ house }))
  const order = (list: typeof houses) => list.toSorted(compareDoors).map(({ house }) => house)
  expect(order(houses.filter(({ house }) => !house?.includes('/')))).toEqual([
    '3',
    '3A',
    '11',
    '2',
    '4',
    null,
  ])
  expect(order(houses.filter(({ house }) => house?.includes('/')))).toEqual(['480/1', '480/2'])
})

test('whatever somebody writes as an address is read in time, and a walk has one order', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 60 }), { maxLength: 6 }), (texts) => {
      const doors = texts.map((text) => readDoor(text)).filter((one) => one !== undefined)
      expect(doors.toSorted(compareDoors).toReversed().toSorted(compareDoors)).toHaveLength(doors.length)
    }),
  )
  for (const slow of ['1/'.repeat(5000), 'số '.repeat(5000), ' '.repeat(5000), 'hẻm 1 '.repeat(1000)]) {
    const before = process.cpuUsage()
    readDoor(slow)
    expect(process.cpuUsage(before).user / 1000).toBeLessThan(100)
  }
})
