import { expect, test } from 'vitest'
import { findWards } from './wards.ts'

const wards = [
  {
    code: '26911',
    fullName: 'Phường 27, Quận Bình Thạnh, Thành phố Hồ Chí Minh',
    today: [{ code: '26911', name: 'Phường Bình Quới', whole: true }],
  },
  {
    code: '26962',
    fullName: 'Phường 28, Quận Bình Thạnh, Thành phố Hồ Chí Minh',
    today: [{ code: '26911', name: 'Phường Bình Quới', whole: true }],
  },
  { code: '26551', fullName: 'Xã Đá Bạc, Huyện Châu Đức', today: [] },
]
const codes = (typed: string) => findWards(wards, typed).map(({ code }) => code)

test('an old ward is found by its old name, its new name or its code, without marks too', () => {
  expect(codes('binh quoi')).toEqual(['26911', '26962'])
  expect(codes('PHƯỜNG 27 bình thạnh')).toEqual(['26911'])
  expect(codes('da bac')).toEqual(['26551'])
  expect(codes('26962')).toEqual(['26962'])
  expect(codes('  ')).toHaveLength(3)
  expect(codes('sài gòn')).toEqual([])
})

test('words that stand side by side go before words that stand anywhere', () => {
  const near = { code: '2', fullName: 'Phường 1, Quận Tân Bình', today: [] }
  const far = { code: '1', fullName: 'Phường Tân An, Tỉnh Bình Dương', today: [] }
  expect(findWards([far, near], 'tan binh')).toEqual([near, far])
})
