import { expect, test } from 'vitest'
import { fullName, wardsOn } from './wards.ts'
import { wardWritten } from './written.ts'

const todayOf = (address: string, on?: string) => wardWritten(address, on)?.today.map(({ name }) => name)

test.each([
  '12/3 Đường Số 4, Phường 27, Quận Bình Thạnh, TP. Hồ Chí Minh',
  '12/3 Đường Số 4, P.27, Q. Bình Thạnh, TP.HCM',
  '12/3 Đường Số 4 Phường 27 Quận Bình Thạnh TP HCM',
  '12/3 đường số 4, p27, q.bình thạnh',
  '12/3 DUONG SO 4, PHUONG 27, BINH THANH, HO CHI MINH',
  'KP 3, P. Bình Quới, TP.HCM',
  '12/3 duong so 4 phuong 27 quan binh thanh tphcm',
  'P27 Bình Thạnh',
  'số 3 F27 binh thanh hcm',
])('%s is in Bình Quới today', (address) => {
  expect(todayOf(address)).toEqual(['Phường Bình Quới'])
})

test.each([
  ['phuong 1 quan go vap', 'Phường Hạnh Thông'],
  ['P.17, Q.GV', 'Phường Gò Vấp'],
  ['phường Bến Thành quận 1 tphcm', 'Phường Bến Thành'],
  ['phuong 2 quan 3', 'Phường Bàn Cờ'],
  ['thi tran nha be huyen nha be', 'Xã Nhà Bè'],
])('without marks and commas: %s is in %s today', (address, ward) => {
  expect(todayOf(address)).toEqual([ward])
})

test('what was written before July 2025 keeps its old ward, with its district', () => {
  const found = wardWritten('12/3 Đường Số 4, P.27, Q. Bình Thạnh, TP.HCM')
  expect(found && fullName(found.was, found.day)).toBe('Phường 27, Quận Bình Thạnh, Thành phố Hồ Chí Minh')
  expect(found?.whole).toBe(true)
})

test('Bình Dương and Bà Rịa - Vũng Tàu before they joined the city', () => {
  expect(todayOf('Phường Phú Lợi, TP Thủ Dầu Một, tỉnh Bình Dương')).toEqual(['Phường Phú Lợi'])
  expect(todayOf('5 Lê Lợi, Phường 1, TP. Vũng Tàu, Bà Rịa - Vũng Tàu')).toEqual(['Phường Vũng Tàu'])
})

test('a ward of one name and two times is told by the day on which it was written', () => {
  // ward 14 of Bình Thạnh had another code until the end of 2024
  expect(wardWritten('Phường 14, Quận Bình Thạnh', '2024-05-01')?.was.code).not.toBe('26929')
  expect(wardWritten('Phường 14, Quận Bình Thạnh', '2025-03-01')?.was.code).toBe('26929')
})

test('a numbered ward without its district, another province and mere words name nothing', () => {
  for (const address of ['12 Lê Lợi, Phường 5', 'Phường 27, Quận Ba Đình, Hà Nội', 'nhà cô Tư', '', ',,,'])
    expect(wardWritten(address), address).toBeUndefined()
})

test('a split ward leads to every ward that took some of its ground, and is not told as whole', () => {
  const split = wardsOn('2025-06-30').map((ward) => wardWritten(fullName(ward, '2025-06-30'), '2025-06-30'))
  const several = split.filter((found) => found && !found.whole)
  expect(several.length).toBeGreaterThan(20)
  expect(several.every((found) => (found?.today.length ?? 0) > 0)).toBe(true)
})

test('every ward of every division is found again by its own full name', () => {
  for (const day of ['2019-06-01', '2023-01-01', '2025-03-01'])
    for (const ward of wardsOn(day)) {
      const written = `1 Đường Số 1, ${fullName(ward, day)}`
      expect(wardWritten(written, day)?.was.code, written).toBe(ward.code)
    }
})
