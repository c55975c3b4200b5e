import { writeJson } from '@sokhoe/fhir'
import { visitOf } from './resources.ts'

/** A person as a facility sends her: a Patient and thirty results and diagnoses, 31 resources in about 30 kB. */
export interface Person {
  readonly identifier: string
  /** The Bundle of type transaction, its resources referring to the Patient by urn. */
  readonly bundle: string
  /** The Patient alone. */
  readonly patient: string
  /** The other resources one by one, as text, without a Patient to refer to. */
  readonly resources: readonly string[]
}

export const SYSTEM = 'https://his.benhvien-79001.example/sid/patient'
const RESOURCES = 30

/** The width that all of them have: whoever sends may write another one over it. */
const PERSON_DIGITS = 8
export const digitsOf = (no: number): string => String(no).padStart(PERSON_DIGITS, '0')
const two = (value: number): string => String(value).padStart(2, '0')

/** People are born on any day of eighty years, as in a city. */
export const bornOn = (no: number): string =>
  `${1940 + ((no * 37) % 80)}-${two(1 + ((no * 5) % 12))}-${two(1 + (no % 28))}`

/** What stands before a person's number, and before the day of her birth, in the text of a Bundle. */
export const BEFORE = { number: '"BN', name: '"Nguyễn Thị ', birth: '"birthDate":"' } as const

const patientOf = (no: number): Record<string, unknown> => ({
  resourceType: 'Patient',
  identifier: [
    {
      type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v2-0203', code: 'MR' }] },
      system: SYSTEM,
      value: `BN${digitsOf(no)}`,
    },
  ],
  active: true,
  name: [{ use: 'official', text: `Nguyễn Thị ${digitsOf(no)}` }],
  telecom: [{ system: 'phone', value: '02838554137', use: 'home' }],
  gender: no % 2 === 0 ? 'female' : 'male',
  birthDate: bornOn(no),
  address: [
    { use: 'home', text: `${1 + (no % 300)} Lê Văn Sỹ, Phường 13, Thành phố Hồ Chí Minh`, country: 'VN' },
  ],
})

/** The same as text with its reference set, numbers as written. */
const referring = (text: string, to: string): string => text.replace('"#patient"', JSON.stringify(to))

/** @param no counts persons: another number, another person with another identifier */
export function personOf(no: number): Person {
  const urn = 'urn:uuid:00000000-0000-4000-8000-000000000000'
  const patient = JSON.stringify(patientOf(no))
  const resources = visitOf(no, RESOURCES).map(({ resource }) => writeJson(resource))
  const entries = resources.map(
    (text) =>
      `{"request":{"method":"POST","url":"${/"resourceType":"(\w+)"/.exec(text)?.[1]}"},"resource":${referring(text, urn)}}`,
  )
  const first = `{"fullUrl":"${urn}","request":{"method":"POST","url":"Patient"},"resource":${patient}}`
  const bundle = `{"resourceType":"Bundle","type":"transaction","entry":[${[first, ...entries].join(',')}]}`
  return { identifier: `BN${digitsOf(no)}`, bundle, patient, resources }
}

/** One of her results for a Patient that is there. */
export const resultOf = ({ resources }: Person, patient: string): string =>
  referring(resources[0] ?? '{}', patient)
