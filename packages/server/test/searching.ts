import { setGrants } from '../src/access/index.ts'
import { reachOfPatients } from '../src/identity/index.ts'
import { asSystem, type Context } from '../src/platform/context.ts'
import { CHO_RAY, clientAt } from './client.ts'
import { openTestHouse } from './house.ts'
import { patientAt } from './stated.ts'

export const ELSEWHERE = 'HCM-002'
export const LOINC = 'http://loinc.org'

export const HA = {
  name: 'Nguyễn Thị Thu Hà',
  sex: 'female',
  birthDate: '1961-04-30',
  identifiers: [{ system: 'cccd', value: '079161000011' }],
} as const

export const identifier = [{ system: 'urn:cccd', value: '079161000011' }]

export const measured = (code: string, value: string, day: string, more: object = {}) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: LOINC, code }], text: 'Đo' },
  effectiveDateTime: day,
  valueQuantity: {
    value: Number(value),
    unit: 'mg/dL',
    system: 'http://unitsofmeasure.org',
    code: 'mg/dL',
  },
  ...more,
})

export interface Reply {
  readonly statusCode: number
  readonly body: string
  readonly json: () => Bundle
}
interface Bundle {
  readonly total?: number
  readonly link: readonly { readonly relation: string; readonly url: string }[]
  readonly entry?: readonly {
    readonly fullUrl: string
    readonly search: { readonly mode: string }
    readonly resource: {
      readonly resourceType: string
      readonly id: string
      readonly [name: string]: unknown
    }
  }[]
}

export const idsIn = (reply: Reply, mode = 'match') =>
  (reply.json().entry ?? []).filter(({ search }) => search.mode === mode).map(({ resource }) => resource.id)
export const linkIn = (reply: Reply, relation: string) =>
  reply.json().link.find((each) => each.relation === relation)?.url

/** One person whom two hospitals know, each by its own Patient. */
export async function openWard() {
  const house = await openTestHouse()
  const { app, ctx } = house
  const here = await clientAt(app, ctx)
  const there = await clientAt(app, ctx, { facility: ELSEWHERE })
  const patient = { identifier, gender: 'female' }
  const ofHere = await patientAt(ctx, { facility: CHO_RAY, demographics: HA, patient })
  const ofThere = await patientAt(ctx, { facility: ELSEWHERE, demographics: HA, patient })
  return { ...house, here, there, ofHere, ofThere }
}

export async function grant(
  ctx: Context,
  patientId: number,
  purpose: 'treatment' | 'restricted',
  given: boolean,
) {
  const system = asSystem(ctx, 'test')
  const reach = (await reachOfPatients(system, [patientId])).get(patientId)
  await setGrants(system, reach?.home ?? 0, [{ purpose, given, textVersion: '1', channel: 'test' }])
}

export const form = (body: string) => ({
  body,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
})
