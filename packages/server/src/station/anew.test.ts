import { expect, test } from 'vitest'
import { CHO_RAY, clientAt } from '../../test/client.ts'
import { PATIENT, weightOf } from '../../test/facility.ts'
import { HA_PHONE, ok, twoBooks } from '../../test/merged.ts'
import { askNothing } from '../../test/review.ts'
import { HA_NUMBER } from '../../test/station.ts'
import { relinkCity } from '../identity/index.ts'

const numbered = (value: string) => ({ identifier: [{ system: 'urn:oid:cccd', value }] })
const NAM = { ...PATIENT, name: [{ text: 'Trần Văn Nam' }], gender: 'male', birthDate: '1948-01-12' }

/** Hà's confirmed book, and a hospital that states a weight of her. */
async function withHospital(first: object) {
  const house = await twoBooks()
  const { app, system, ha, worker } = house
  ok(await house.confirmHa())
  const { ask } = await clientAt(app, system, { facility: CHO_RAY })
  const made = await ask('POST', 'Patient', { body: first })
  ok(made, 201)
  const { id } = made.json()
  ok(
    await ask('POST', 'Observation', { body: { ...weightOf(id), valueQuantity: { value: 61, unit: 'kg' } } }),
    201,
  )
  await askNothing(system)
  const say = async (what: object) => ok(await ask('PUT', `Patient/${id}`, { body: { ...what, id } }))
  const link = async () =>
    ok(
      await worker.ask('POST', '/api/station/link', {
        person: house.person,
        patient: id,
        evidence: 'records',
      }),
    )
  return {
    ...house,
    ask,
    id,
    say,
    link,
    patients: async () => (await ha.card()).patients,
    reads: async () => (await ha.recordText()).includes(id),
    cases: async () => (await worker.ask('GET', '/api/station/review')).json().cases.length,
  }
}

test('a Patient that its hospital states as plainly somebody else leaves the book at once, and the station is asked', async () => {
  const { patients, reads, cases, say, ha, id, worker } = await withHospital({
    ...PATIENT,
    ...numbered(HA_NUMBER),
  })
  expect([await patients(), await reads(), await cases()]).toEqual([2, true, 0])
  await say({ ...NAM, ...numbered('079048054321') })
  expect([await patients(), await reads(), await cases()]).toEqual([1, false, 1])
  const told = (await ha.ask('GET', `/dev/messages?phone=${HA_PHONE}`)).json()
  expect(told.at(-1).text).toContain('vừa được tách khỏi sổ')
  const [one] = (await worker.ask('GET', '/api/station/review')).json().cases
  const { columns } = (await worker.ask('POST', '/api/station/review/open', { case: one.case })).json()
  expect(columns.flatMap(({ records }: { records: string[] }) => records)).toContain(id)
})

test('another number beside the same name and birth date is another person’s; a corrected name is not', async () => {
  const { patients, reads, cases, say, system } = await withHospital({ ...PATIENT, ...numbered(HA_NUMBER) })
  await say({ ...PATIENT, ...numbered(HA_NUMBER), name: [{ text: 'Nguyễn Thu Hà' }] })
  expect([await patients(), await reads()]).toEqual([2, true])
  // her other book may be his too: that is asked besides
  await askNothing(system)
  await say({ ...PATIENT, ...numbered('079161998877') })
  expect([await patients(), await reads(), await cases()]).toEqual([1, false, 1])
})

test('what somebody linked by hand leaves too, is asked about anew, and no night joins it again or forgets to ask', async () => {
  const { patients, reads, cases, say, link, system } = await withHospital({ ...PATIENT, birthDate: '1962' })
  await link()
  expect([await patients(), await cases()]).toEqual([2, 0])
  await say(NAM)
  expect([await patients(), await reads(), await cases()]).toEqual([1, false, 1])
  await relinkCity(system)
  expect([await patients(), await cases()]).toEqual([1, 1])
})

test('a small doubt about what was linked by hand parts nobody and is asked', async () => {
  const { patients, cases, say, link } = await withHospital({ ...PATIENT, birthDate: '1962' })
  await link()
  await say({ ...PATIENT, birthDate: '1962', gender: 'male' })
  expect([await patients(), await cases()]).toEqual([2, 1])
})
