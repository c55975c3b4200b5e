import fc from 'fast-check'
import { expect, test } from 'vitest'
import { HA_PHONE, ok, seenBy, TWIN_PHONE, twoBooks } from '../../test/merged.ts'
import { FIRST_PART, HA } from '../../test/resident.ts'
import { another } from '../../test/station.ts'

/** All there with a paper: what one of them keeps is shown, or the merge would wait. */
const PHONES = [HA_PHONE, TWIN_PHONE, '0933333333']
const PATIENCE = 1_200_000

test('whatever is merged and parted in whatever order, each reads the same in the end', {
  timeout: PATIENCE,
}, async () => {
  const { app, ha, twin, worker, person } = await twoBooks()
  const third = await another(app, '0933333333', { ...HA, ...FIRST_PART })
  const residents = [ha, twin, third]
  const people = [person, twin.person, third.person]
  const look = () => Promise.all(residents.map(seenBy))
  const before = await look()
  const shown = (a: number, b: number, telephones: readonly (string | undefined)[]) =>
    worker.ask('POST', '/api/station/merge', {
      people: [people[a], people[b]],
      evidence: 'birth-certificate',
      telephones,
    })
  // a telephone that keeps neither of the two is refused: then theirs are all there are
  const merge = async (a: number, b: number) => {
    const reply = await shown(a, b, PHONES)
    return reply.statusCode === 400 ? shown(a, b, [...new Set([PHONES[a], PHONES[b]])]) : reply
  }
  const part = (a: number) =>
    worker.ask('POST', '/api/station/unmerge', { person: people[a], reason: 'mistake' })

  const who = fc.nat(2)
  const step = fc.oneof(
    fc.record({ does: fc.constant('merge' as const), a: who, b: who }),
    fc.record({ does: fc.constant('part' as const), a: who, b: who }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: 6 }), async (steps) => {
      for (const { does, a, b } of steps) {
        const reply = await (does === 'merge' ? merge(a, b) : part(a))
        expect([200, 409]).toContain(reply.statusCode)
      }
      for (let again = true; again; ) {
        const replies = [await part(0), await part(1), await part(2)]
        again = replies.some(({ statusCode }) => statusCode === 200)
      }
      expect(await look()).toEqual(before)
    }),
    { numRuns: 12 },
  )
  ok(await merge(0, 1))
})
