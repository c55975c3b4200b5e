import { expect, test } from 'vitest'
import { card } from './card.ts'

const now = new Date('2026-03-02T00:00:00Z')
const ID = '079303054321||Trần Minh Mẫu|07092003|Nữ|45 Đường Thử Nghiệm, TP. Hồ Chí Minh|10062022'

test('a readable card is one line of JSON with every promised field', async () => {
  const { exit, out, err } = await card(`${ID}\n`, now)
  expect([exit, err]).toEqual([0, undefined])
  expect(out).not.toContain('\n')
  expect(JSON.parse(out ?? '')).toEqual({
    kind: 'cccd',
    idNumber: '079303054321',
    oldIdNumber: null,
    name: 'Trần Minh Mẫu',
    birthDate: '2003-09-07',
    sex: 'female',
    address: '45 Đường Thử Nghiệm, TP. Hồ Chí Minh',
    issuedOn: '2022-06-10',
    warnings: [],
  })
})

test('a refusal names its reason and repeats nothing of the card', async () => {
  expect(await card(ID.replace('07092003', '31022003'), now)).toEqual({
    exit: 1,
    err: 'card: birth-date-impossible',
  })
})

test('somebody born tomorrow has no card today', async () => {
  expect(await card(ID, new Date('2003-09-06T10:00:00Z'))).toEqual({
    exit: 1,
    err: 'card: birth-date-in-future',
  })
})
