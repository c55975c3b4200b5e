import type { FhirResource } from '@sokhoe/fhir'
import type { Demographics, StatedIdentifier } from '../../identity/index.ts'

const KINDS = { cccd: 'cccd', cmnd: 'cmnd', passport: 'passport', bhxh: 'insurance', bhyt: 'insurance' }
const OURS = 'urn:sokhoe:id:'
const WARD = 'urn:sokhoe:ext:ward'

interface Written {
  readonly system?: string
  readonly value?: string
  readonly use?: string
  readonly period?: { readonly start?: string; readonly end?: string }
}

const listIn = <One>(resource: FhirResource, element: string): readonly One[] => {
  const value = resource[element]
  return Array.isArray(value) ? value : []
}

const isOurs = ({ system }: Written): boolean => system?.startsWith(OURS) === true

/** From when a number is hers, where that was said. */
const begun = (period: Written['period']) => period?.start !== undefined && { start: period.start }

/** Numbers that stand first, then those that have ended; what a paper said besides the number stays beside it. */
function identifiersOf(before: FhirResource, { identifiers, ended = [] }: Demographics): Written[] {
  const written = listIn<Written>(before, 'identifier')
  const asWritten = ({ system, value }: StatedIdentifier): Written => {
    const { use, period, ...known } = written.find((one) => one.value === value) ?? {}
    // what had ended and stands again ends on no day
    const days = use === 'old' ? begun(period) : period
    return { ...known, ...(days && { period: days }), system: `${OURS}${KINDS[system]}`, value }
  }
  return [
    ...identifiers.map(asWritten),
    ...ended.map(({ until, ...one }) => {
      const known = asWritten(one)
      return { ...known, use: 'old', ...(until !== undefined && { period: { ...known.period, end: until } }) }
    }),
    ...written.filter((one) => !isOurs(one)),
  ]
}

/** Where she is registered stays; where she lives is as it is now. */
function addressesOf(before: FhirResource, address: string | undefined, ward: string | null): object[] {
  const registered = listIn<{ readonly type?: string }>(before, 'address').filter(
    ({ type }) => type === 'physical',
  )
  const here = {
    ...(ward !== null && { extension: [{ url: WARD, valueCode: ward }] }),
    use: 'home',
    ...(address !== undefined && { text: address }),
  }
  return [...(ward === null && address === undefined ? [] : [here]), ...registered]
}

export interface PatientNow {
  readonly demographics: Demographics
  readonly ward: string | null
  /** Day of her death, of any precision; null: she lives after all; absent: not spoken of. */
  readonly diedOn?: string | null
}

/**
 * The next version of a Patient after something was put right or has happened; what nobody spoke of stays.
 * @param source who says so: 'self', or a facility's code
 */
export function patientNow(
  before: FhirResource,
  { demographics, ward, diedOn }: PatientNow,
  source: string,
): FhirResource {
  const { name, birthDate, sex, address } = demographics
  const [first] = listIn<{ readonly text?: string }>(before, 'name')
  const identifier = identifiersOf(before, demographics)
  const addresses = addressesOf(before, address, ward)
  const { identifier: _, address: __, deceasedDateTime, deceasedBoolean, ...rest } = before
  const death = diedOn === undefined ? { deceasedDateTime, deceasedBoolean } : { deceasedDateTime: diedOn }
  const known = Object.entries(death).filter(([, value]) => value !== undefined && value !== null)
  return {
    ...rest,
    resourceType: 'Patient',
    meta: { source: `urn:sokhoe:source:${source}` },
    ...(first?.text !== name && { name: [{ use: 'official', text: name }] }),
    gender: sex,
    birthDate,
    ...Object.fromEntries(known),
    ...(identifier.length > 0 && { identifier }),
    ...(addresses.length > 0 && { address: addresses }),
  }
}
