import type { FhirResource } from '@sokhoe/fhir'
import { shelfKeysOf } from '../src/exchange/fhir/keys.ts'
import { type Demographics, statePatients } from '../src/identity/index.ts'
import { asSystem, type Context, inTransaction } from '../src/platform/context.ts'
import { publicId } from '../src/platform/ids.ts'
import { patientReference, put, type Stated } from '../src/record/index.ts'

export interface StatedAt {
  readonly facility: string
  readonly demographics: Demographics
  readonly patient?: Readonly<Record<string, unknown>>
}

/** A Patient that a facility states, put into the record without the door. */
export async function patientAt(ctx: Context, { facility, demographics, patient = {} }: StatedAt) {
  const system = asSystem(ctx, 'test')
  const resource: FhirResource = {
    ...patient,
    resourceType: 'Patient',
    name: [{ text: demographics.name }],
    birthDate: demographics.birthDate,
  }
  const patientId = await inTransaction(system, async (inner) => {
    const [made] = await statePatients(inner, [{ source: facility, demographics }])
    if (!made) throw new RangeError('no Patient was made')
    const { patientId, newDataKey } = made
    const stated: Stated = { resource, no: 0, keys: shelfKeysOf(ctx.keys, resource) }
    await put(inner, { patientId, source: facility, kind: 'exchange', resources: [stated], newDataKey })
    return patientId
  })
  const id = publicId(ctx.keys.id, { patientId, no: 0 })
  const reference = patientReference(ctx, patientId)
  /** What the facility states of her; a subject is written where none is. */
  const state = async (resources: readonly object[], more: Partial<Stated> = {}, source = facility) => {
    const stated = resources.map((one): Stated => {
      const resource = { subject: { reference }, ...one } as unknown as FhirResource
      return { resource, keys: shelfKeysOf(ctx.keys, resource), ...more }
    })
    const { resources: results } = await put(system, {
      patientId,
      source,
      kind: 'exchange',
      resources: stated,
    })
    return results
  }
  return { patientId, id, reference, state }
}
