import { decimal, type FhirResource } from '@sokhoe/fhir'

interface Coded {
  readonly coding?: readonly { readonly code?: string }[]
}

interface Measured {
  readonly code?: Coded
  readonly valueQuantity?: { readonly value?: unknown }
}

/** Numbers as they should have been, by the code of what was measured. */
export type Values = Readonly<Record<string, string>>

const ERROR = {
  coding: [
    { system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'entered-in-error' },
  ],
}
const ALLERGY_ERROR = {
  coding: [
    {
      system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification',
      code: 'entered-in-error',
    },
  ],
}

/** The next version of a line that should never have been stated. */
export function withdrawn(resource: FhirResource): FhirResource {
  if (resource.resourceType === 'Condition') return { ...resource, verificationStatus: ERROR }
  if (resource.resourceType === 'AllergyIntolerance')
    return { ...resource, verificationStatus: ALLERGY_ERROR }
  return { ...resource, status: 'entered-in-error' }
}

function correctOne<One extends Measured>(one: One, values: Values, used: Set<string>): One {
  const code = one.code?.coding?.find((coding) => coding.code !== undefined && coding.code in values)?.code
  const value = code === undefined ? undefined : values[code]
  if (code === undefined || value === undefined || !one.valueQuantity) return one
  used.add(code)
  return { ...one, valueQuantity: { ...one.valueQuantity, value: decimal(value) } }
}

/**
 * The next version of a measurement with other numbers, written as they are given.
 * @returns undefined where the line has no such numbers
 */
export function corrected(resource: FhirResource, values: Values): FhirResource | undefined {
  if (resource.resourceType !== 'Observation' || Object.keys(values).length === 0) return undefined
  const used = new Set<string>()
  const { component } = resource
  const next = {
    ...correctOne(resource as FhirResource & Measured, values, used),
    ...(Array.isArray(component) && {
      component: component.map((one: Measured) => correctOne(one, values, used)),
    }),
    status: 'corrected',
  }
  return used.size === Object.keys(values).length ? next : undefined
}
