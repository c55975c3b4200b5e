import { expect, test } from 'vitest'
import { openTestHouse } from '../../test/house.ts'
import { districtsOn } from './districts.ts'

interface ToldWard {
  code: string
  fullName: string
  today: { code: string; whole: boolean }[]
}

async function asking() {
  const { app } = await openTestHouse()
  return (url: string) => app.inject(url)
}

test('anybody may ask which wards stood on a day, with their district then and their ward now', async () => {
  const ask = await asking()
  const before = await ask('/api/directory/wards?on=2025-06-30')
  const ward = before.json().wards.find(({ code }: ToldWard) => code === '26911')
  expect(ward).toMatchObject({
    fullName: 'Phường 27, Quận Bình Thạnh, Thành phố Hồ Chí Minh',
    today: [{ code: '26911', name: 'Phường Bình Quới', whole: true }],
  })
  expect(before.headers['cache-control']).toContain('public')

  const now = await ask('/api/directory/wards')
  expect(now.json().wards).toHaveLength(168)
})

test('a day that is none, or an odd question, is refused and nothing breaks', async () => {
  const ask = await asking()
  for (const on of ['2025-02-30', '2025', "2025-06-3'", 'x'.repeat(5000)])
    expect((await ask(`/api/directory/wards?on=${encodeURIComponent(on)}`)).statusCode).toBe(400)
})

test('districts ended with June 2025; each tells which wards of today are wholly its own', async () => {
  const ask = await asking()
  const { districts } = (await ask('/api/directory/districts?on=2025-06-30')).json()
  const binhThanh = districts.find(({ code }: { code: string }) => code === '765')
  expect(binhThanh).toMatchObject({ name: 'Quận Bình Thạnh', population: 499_164, split: [] })
  expect(binhThanh.whole).toContain('26911')
  expect((await ask('/api/directory/districts?on=2025-07-01')).json().districts).toEqual([])
})

test('a ward made from several districts is told by each of them as split, and is whole in none', () => {
  const districts = districtsOn('2025-06-30')
  const split = new Set(districts.flatMap((one) => one.split))
  const whole = districts.flatMap((one) => one.whole)
  expect(split.size).toBe(17)
  expect(whole.filter((ward) => split.has(ward))).toEqual([])
  expect(new Set(whole).size).toBe(whole.length)
  expect(districts.filter(({ split }) => split.includes('27595')).map(({ name }) => name)).toEqual([
    'Quận 8',
    'Quận Bình Tân',
    'Huyện Bình Chánh',
  ])
})

test('the shapes hold the same 168 wards that the list names', async () => {
  const ask = await asking()
  const shapes = (await ask('/api/directory/ward-shapes')).json()
  const drawn = shapes.objects.wards.geometries.map(
    ({ properties }: { properties: { code: string } }) => properties.code,
  )
  const listed = (await ask('/api/directory/wards?on=2026-01-01')).json().wards
  expect(drawn.toSorted()).toEqual(listed.map(({ code }: ToldWard) => code).toSorted())
})
