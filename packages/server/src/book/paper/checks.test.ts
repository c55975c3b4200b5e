import fc from 'fast-check'
import { expect, test } from 'vitest'
import { NOON, openTestHouse } from '../../../test/house.ts'
import { keepCheck, newCheckCode, readCheckCode } from './checks.ts'

const ask = async ({ app }: Pick<Awaited<ReturnType<typeof openTestHouse>>, 'app'>, code: string) =>
  await app.inject(`/api/print-checks/${encodeURIComponent(code)}`)

test('a code is twelve letters that nobody takes for another, and never the same', () => {
  const codes = Array.from({ length: 200 }, newCheckCode)
  expect(new Set(codes).size).toBe(200)
  for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/)
})

test('a code typed in small letters, with spaces, or o for 0 and l for 1, is read as it was printed', () => {
  expect(readCheckCode(' q7m2-8lxd 9oab ')).toBe('Q7M281XD90AB')
  fc.assert(
    fc.property(fc.string(), (typed) => {
      expect(readCheckCode(typed) ?? '0'.repeat(12)).toMatch(/^[0-9A-HJKMNP-TV-Z]{12}$/)
    }),
  )
})

test('whoever holds a paper learns that it is genuine, when and what was printed, and nothing of whose it is', async () => {
  const house = await openTestHouse()
  const code = newCheckCode()
  await keepCheck(house.ctx, code, { parts: ['basics', 'results'], pages: 3 })

  const reply = await ask(house, code.toLowerCase())
  expect(reply.json()).toEqual({ at: NOON.toISOString(), parts: ['basics', 'results'], pages: 3 })
  const kept = await house.ctx.db.selectFrom('book.print_check').selectAll().execute()
  expect(Object.keys(kept[0] ?? {}).toSorted()).toEqual(['at', 'code_hash', 'pages', 'parts'])
})

test('a code that was never printed is refused, whatever it looks like', async () => {
  const house = await openTestHouse()
  for (const code of [newCheckCode(), 'x', "' or 1=1 --", 'Ỗ'.repeat(12), '0'.repeat(40)])
    expect((await ask(house, code)).json()).toMatchObject({ type: '/problems/print.unknown', status: 404 })
})
