import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { shadeOf, shadeOfShare } from './classes.ts'
import { codeOf, drawingOf, geometriesOf, neighbour, type Wards } from './shapes.ts'

const wards = JSON.parse(
  readFileSync(new URL('../../../codes/data/hcm-wards-168.topojson', import.meta.url), 'utf8'),
) as Wards
const codes = geometriesOf(wards).map(codeOf)
const drawing = drawingOf(
  wards,
  codes.map((code) => ({ code, wards: [code] })),
)
const shape = (code: string) => {
  const found = drawing.shapes.find((one) => one.code === code)
  if (!found) throw new Error(code)
  return found
}

test('every one of the 168 wards has ground in the drawing, Côn Đảo in its own', () => {
  expect(drawing.shapes).toHaveLength(168)
  for (const { city, isle } of drawing.shapes) expect((city ?? isle)?.length).toBeGreaterThan(20)
  expect(drawing.shapes.filter(({ isle }) => isle)).toHaveLength(1)
  expect(shape('26911').inner).toBeDefined()
})

test('an old district is one piece of its wards, with nothing drawn between them', () => {
  const [one] = drawingOf(wards, [{ code: '765', wards: ['26911', '26929'] }]).shapes
  expect(one?.city?.match(/M/g)?.length).toBe(1)
})

test('arrows reach every ward from any other, so that nobody needs a mouse', () => {
  const reached = new Set(['26911'])
  const open = ['26911']
  for (let code = open.pop(); code !== undefined; code = open.pop())
    for (const arrow of ['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight'] as const) {
      const next = neighbour(drawing.shapes, shape(code), arrow)?.code
      if (next === undefined || reached.has(next)) continue
      reached.add(next)
      open.push(next)
    }
  expect(codes.filter((code) => !reached.has(code))).toEqual([])
})

test('a place is coloured by its share; none and few are no colour at all', () => {
  expect([0, 0.6, 0.8999, 0.9, 1.2].map(shadeOfShare)).toEqual(['s0', 's1', 's3', 's4', 's4'])
  expect(shadeOf({ none: true, share: 0, counted: 0 })).toBe('none')
  expect(shadeOf({ none: false, share: null, counted: 'few' })).toBe('few')
  expect(shadeOf({ none: false, share: null, counted: 12 })).toBe('none')
})
