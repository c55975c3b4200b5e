import { expect, test } from 'vitest'
import { formerWard } from './former.ts'
import { successors, wardAt } from './wards.ts'

test('who writes ward 27 of Bình Thạnh lives in old ward 27, and in Bình Quới', () => {
  expect(formerWard('26911', '12/3 Đường Số 4, P.27, Q. Bình Thạnh')).toBe('26911')
  expect(formerWard('26911', '8 Đường Mẫu, Phường 28, Quận Bình Thạnh')).toBe('26962')
})

test('a ward of today that was made of several says nothing of the old one, and a contradicting address is not believed', () => {
  expect(formerWard('26911')).toBeNull()
  expect(formerWard('26911', 'KP 3, Phường Bình Quới, TP.HCM')).toBeNull()
  expect(formerWard('26911', 'Phường Bến Nghé, Quận 1')).toBeNull()
  expect(formerWard(null, 'Phường Bến Nghé, Quận 1')).toBe(
    successors('26740', '2020-01-01', '2025-06-30')[0]?.ward.code ?? null,
  )
})

test('a ward that had ended before is counted where its ground lay last', () => {
  // ward 24 of Bình Thạnh became a part of ward 14 on 2025-01-01
  const last = formerWard(null, 'Phường 24, Quận Bình Thạnh, TP.HCM')
  expect(last && wardAt(last, '2025-06-30')?.name).toBe('Phường 14')
})

test('nothing known is nothing', () => {
  expect(formerWard(null)).toBeNull()
  expect(formerWard(null, 'đâu đó')).toBeNull()
})
