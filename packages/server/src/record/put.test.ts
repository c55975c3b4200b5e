import { decimal, type FhirResource, parseJson } from '@sokhoe/fhir'
import { expect, test } from 'vitest'
import { openTestContext } from '../../test/house.ts'
import type { Context } from '../platform/context.ts'
import { bundleOf, bytesOf, type Entry, put, read, type Stated } from './index.ts'

export const HER = 4096 * 9 + 1

const patient: Stated = { resource: { resourceType: 'Patient', name: [{ text: 'Nguyễn Thị Lan' }] }, no: 0 }

const glucose = (value: string, sourceKey?: string): Stated => ({
  resource: {
    resourceType: 'Observation',
    meta: { source: 'urn:sokhoe:source:79001' },
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '2345-7' }], text: 'Glucose' },
    subject: { reference: '#patient' },
    effectiveDateTime: '2026-03-14T08:15:00+07:00',
    valueQuantity: { value: decimal(value), unit: 'mmol/L' },
  },
  ...(sourceKey !== undefined && { sourceKey }),
})

const arrive = (ctx: Context, ...resources: Stated[]) =>
  put(ctx, { patientId: HER, source: '79001', kind: 'visit', resources })

const textOf = (entry: Entry): string => bytesOf(entry).toString()

const standing = async (ctx: Context) =>
  (await read(ctx, [HER])).map((entry) => JSON.parse(textOf(entry)) as FhirResource)

test('what a facility states is there again, with its number as written, its version, time and Patient', async () => {
  const { ctx } = await openTestContext()
  const { resources, version } = await arrive(ctx, glucose('7.80'), patient)
  const [observation, her] = resources

  expect(version).toBe(1)
  expect(resources.map(({ no, outcome }) => ({ no, outcome }))).toEqual([
    { no: 1, outcome: 'kept' },
    { no: 0, outcome: 'kept' },
  ])
  const entries = await read(ctx, [HER])
  expect(entries.map((entry) => entry.type)).toEqual(['Patient', 'Observation'])
  expect(entries[1]).toMatchObject({ no: 1, version: 1, code: '2345-7', date: '2026-03-14T08:15:00+07:00' })
  expect(entries.map(textOf)[1]).toContain('"value":7.80,')
  expect(parseJson(bundleOf(entries, { type: 'searchset' }).toString())).toMatchObject({
    resourceType: 'Bundle',
    total: 2,
    entry: [
      { resource: { resourceType: 'Patient', id: her?.id } },
      {
        resource: {
          id: observation?.id,
          meta: {
            source: 'urn:sokhoe:source:79001',
            versionId: '1',
            lastUpdated: ctx.now().toISOString(),
          },
          subject: { reference: `Patient/${her?.id}` },
        },
      },
    ],
  })
})

test('the same statement twice is one; a changed one is a new version of the same resource', async () => {
  const { ctx } = await openTestContext()
  const [first] = (await arrive(ctx, patient, glucose('7.8', 'lab-1'))).resources.slice(1)
  const again = await arrive(ctx, glucose('7.8', 'lab-1'))
  const corrected = await arrive(ctx, glucose('6.8', 'lab-1'))

  expect(again).toEqual({ resources: [{ ...first, outcome: 'known' }], version: 1 })
  expect(corrected.resources).toMatchObject([
    { no: first?.no, id: first?.id, version: 2, outcome: 'amended' },
  ])
  expect((await standing(ctx))[1]).toMatchObject({ meta: { versionId: '2' }, valueQuantity: { value: 6.8 } })
})
