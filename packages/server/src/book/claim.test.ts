import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { askWith, residentToken } from '../../test/client.ts'
import { patientAt } from '../../test/stated.ts'
import { cardText, HA_NUMBER, openStation } from '../../test/station.ts'
import { booksAt, homeNamed, raiseLevel, sourcePatient } from '../identity/index.ts'
import { inTransaction } from '../platform/context.ts'
import { put } from '../record/index.ts'

const ICD = 'http://hl7.org/fhir/sid/icd-10'
const OF_HOSPITAL = {
  resourceType: 'Condition',
  code: { coding: [{ system: ICD, code: 'E11' }], text: 'Đái tháo đường' },
  recordedDate: '2026-10-01',
}

/** A hospital has sent of somebody with Hà's number before or after she merely declares it. */
async function openClaim() {
  const station = await openStation({ role: 'station-lead' })
  const hospital = await patientAt(station.ctx, {
    facility: 'HCM-001',
    demographics: {
      name: 'Nguyễn Thị Thu Hà',
      sex: 'female',
      birthDate: '1961-04-30',
      identifiers: [{ system: 'cccd', value: HA_NUMBER }],
    },
  })
  const [condition] = await hospital.state([OF_HOSPITAL])
  const { ha, app, ctx, person } = station
  const token = askWith(app, await residentToken(ctx, person))
  /** Every way in which she reads her book, as one text. */
  const everything = async (): Promise<string> => {
    const pages = [
      'home',
      'copy',
      'timeline',
      'lists/condition',
      'accesses',
      'download.html',
      'download.json',
    ]
    const replies = await Promise.all([
      ha.ask('GET', '/api/me'),
      ha.ask('GET', '/api/me/record'),
      ha.ask('GET', '/api/me/accesses'),
      ha.ask('GET', '/api/me/card'),
      ...pages.map((page) => ha.ask('GET', `/api/books/own/${page}`)),
      token('GET', `Patient/${person}/$everything`),
      token('GET', `Condition?patient=${person}`),
      token('GET', `Condition/${condition?.id}`),
      token('GET', `Patient/${hospital.id}`),
      token('GET', 'Condition'),
    ])
    return replies.map(({ body }) => body).join('\n')
  }
  const sees = async (): Promise<boolean> => {
    const text = await everything()
    const marks = [String(condition?.id), 'Đái tháo đường', '"E11"', hospital.id, 'HCM-001', 'Chợ Rẫy']
    const found = marks.filter((mark) => text.includes(mark))
    if (found.length > 0) expect(found).toContain('Đái tháo đường')
    return found.length > 0
  }
  return { ...station, hospital, condition, sees }
}

test('a claimed number shows nothing of what facilities sent for it, a confirmed one all of it, until that is taken back', async () => {
  const { ha, of, person, sees } = await openClaim()
  expect(await sees()).toBe(false)
  const scanned = await ha.ask('PUT', '/api/me/card-scan', { payload: { card: cardText() } })
  expect((await ha.me()).level, scanned.body).toBe('card')
  expect(await sees()).toBe(false)
  expect((await of(person, 'verify', { how: 'scanned', card: cardText() })).json()).toMatchObject({
    outcome: 'verified',
  })
  expect(await sees()).toBe(true)
  expect((await of(person, 'unverify')).statusCode).toBe(200)
  expect((await ha.me()).level).toBe('card')
  expect(await sees()).toBe(false)
})

test('even where a facility’s Patient was linked to a mere claim, the claim shows nothing of it', async () => {
  const { ctx, db, person, hospital, sees } = await openClaim()
  const home = (await homeNamed(ctx, person)) ?? 0
  await db
    .updateTable('identity.patient')
    .set({ person: home })
    .where('patient_id', '=', hospital.patientId)
    .execute()
  expect(await sees()).toBe(false)
  await raiseLevel(ctx, home, 'card')
  expect(await sees()).toBe(false)
  await raiseLevel(ctx, home, 'national')
  expect(await sees()).toBe(true)
})

test('what the station measured stands in a claimed book; what it keeps closed waits for the card', async () => {
  const { ctx, system, ha, person } = await openStation()
  const home = (await homeNamed(ctx, person)) ?? 0
  await inTransaction(system, async (inner) => {
    const [book] = await booksAt(inner, [home])
    if (!book) throw new Error('no book')
    const { patientId, newDataKey } = await sourcePatient(inner, book, 'TYT-26911')
    const noted = (text: string, code: string) => ({
      resource: {
        resourceType: 'Condition',
        code: { coding: [{ system: ICD, code }], text },
        identifier: [{ value: randomUUID() }],
      },
    })
    const patient = { resource: { resourceType: 'Patient' }, no: 0 }
    const resources = [patient, noted('Tăng huyết áp', 'I10'), noted('Bệnh kín', 'B20')]
    await put(inner, {
      patientId,
      source: 'TYT-26911',
      kind: 'visit',
      resources,
      ...(newDataKey && { newDataKey }),
    })
  })
  const texts = async () => {
    const text = await ha.recordText()
    return ['Tăng huyết áp', 'Bệnh kín'].filter((one) => text.includes(one))
  }
  expect(await texts()).toEqual(['Tăng huyết áp'])
  await raiseLevel(ctx, home, 'card')
  expect(await texts()).toEqual(['Tăng huyết áp', 'Bệnh kín'])
})
