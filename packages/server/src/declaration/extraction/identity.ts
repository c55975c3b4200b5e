import type { FhirResource } from '@sokhoe/fhir'
import { answersOf, codesOf, instancesOf, type QuestionnaireResponse, type ResponseItem } from '@sokhoe/model'
import { type Declared, selfDeclared, textsAt, wordsOf } from './statement.ts'

type Contact = {
  readonly name: string
  readonly relation?: string
  readonly phone?: string
  readonly guardian?: boolean
}

/** Section A: who the person says she is. */
export type Identity = {
  readonly name: string
  readonly sex: 'male' | 'female' | 'other' | 'unknown'
  /** FHIR date of any precision. */
  readonly birthDate: string
  readonly idNumber?: string
  readonly oldIdNumber?: string
  /** A second old number, where two were told. */
  readonly otherOldIdNumber?: string
  readonly passport?: string
  readonly insuranceNumber?: string
  readonly issuedOn?: string
  readonly issuedBy?: string
  readonly address?: string
  /** Code of the ward she lives in. */
  readonly ward?: string
  readonly permanentAddress?: string
  readonly permanentProvince?: string
  readonly birthProvince?: string
  readonly ethnicity?: { readonly code: string; readonly text: string }
  readonly nationality?: { readonly code: string; readonly text: string }
  readonly householdRelation?: { readonly code: string; readonly text: string }
  readonly occupation?: string
  readonly landline?: string
  readonly mobile?: string
  readonly email?: string
  readonly contacts?: readonly Contact[]
}

type Answered = Pick<Declared, 'form' | 'response'>

/** What one declaration says of who she is: a later part says other things than the first. */
export type About = Partial<Identity>

const SEX = { 1: 'male', 2: 'female', 3: 'unknown' } as const satisfies Record<number, Identity['sex']>

const textAt = (holder: QuestionnaireResponse | ResponseItem, linkId: string): string | undefined =>
  textsAt(holder, linkId)[0]
const dateAt = (holder: QuestionnaireResponse, linkId: string): string | undefined =>
  answersOf(holder, linkId)[0]?.valueDate

type Loose<T> = { [Name in keyof T]: T[Name] | undefined }

/** Leaves out what is not known, so that absent never looks like empty. */
const known = <T extends object>(values: Loose<T>): T =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as T

function choiceAt({ form, response }: Answered, linkId: string): { code: string; text: string } | undefined {
  const code = codesOf(response, linkId)[0]
  return code === undefined ? undefined : { code, text: wordsOf(form, linkId, code) }
}

function contactsOf({ form, response }: Answered): Contact[] | undefined {
  const contacts = instancesOf(response, 'A.22').flatMap((instance): Contact[] => {
    const name = textAt(instance, 'A.22.2')
    const relation = codesOf(instance, 'A.22.1')[0]
    const phone = textAt(instance, 'A.22.5')
    const guardian = answersOf(instance, 'A.22.6')[0]?.valueBoolean
    return name === undefined
      ? []
      : [known<Contact>({ name, relation: relation && wordsOf(form, 'A.22.1', relation), phone, guardian })]
  })
  return contacts.length > 0 ? contacts : undefined
}

function papersOf({ response }: Answered) {
  const number = textAt(response, 'A.11')
  const old = [number?.length === 9 ? number : undefined, textAt(response, 'A.11.old')]
  const [oldIdNumber, otherOldIdNumber] = [...new Set(old.filter((one) => one !== undefined))]
  return {
    idNumber: number?.length === 12 ? number : undefined,
    oldIdNumber,
    otherOldIdNumber,
    passport: textAt(response, 'A.11.passport'),
    insuranceNumber: textAt(response, 'A.14'),
    issuedOn: dateAt(response, 'A.12'),
    issuedBy: textAt(response, 'A.13'),
  }
}

/** Everything a response says of who she is, whichever part it holds. */
export function aboutOf(declared: Answered): About {
  const { response } = declared
  return known<About>({
    name: textAt(response, 'A.01'),
    sex: SEX[Number(codesOf(response, 'A.02')[0]) as keyof typeof SEX],
    birthDate: dateAt(response, 'A.05'),
    ...papersOf(declared),
    address: textAt(response, 'A.18.1'),
    ward: codesOf(response, 'A.18.2')[0],
    permanentAddress: textAt(response, 'A.17.1'),
    permanentProvince: textAt(response, 'A.17.4'),
    birthProvince: textAt(response, 'A.06'),
    ethnicity: choiceAt(declared, 'A.07'),
    nationality: choiceAt(declared, 'A.08'),
    householdRelation: choiceAt(declared, 'A.16'),
    occupation: textAt(response, 'A.10'),
    landline: textAt(response, 'A.19'),
    mobile: textAt(response, 'A.20'),
    email: textAt(response, 'A.21'),
    contacts: contactsOf(declared),
  })
}

/** Who declares; undefined where the response leaves section A out or has no name, sex or birth date. */
export function identityOf(about: About): Identity | undefined {
  const { name, sex, birthDate } = about
  if (name === undefined || sex === undefined || birthDate === undefined) return undefined
  return { ...about, name, sex, birthDate }
}

const filled = <T>(list: readonly T[]): readonly T[] | undefined => (list.length > 0 ? list : undefined)

function identifiersOf(identity: About) {
  const { issuedOn, issuedBy } = identity
  const issue = {
    ...(issuedOn && { period: { start: issuedOn } }),
    ...(issuedBy && { assigner: { display: issuedBy } }),
  }
  const list = [
    { kind: 'cccd', value: identity.idNumber },
    { kind: 'cmnd', value: identity.oldIdNumber },
    { kind: 'cmnd', value: identity.otherOldIdNumber },
    { kind: 'passport', value: identity.passport },
    { kind: 'insurance', value: identity.insuranceNumber },
  ].filter((one) => one.value !== undefined)
  return filled(
    list.map(({ kind, value }, at) => ({
      system: `urn:sokhoe:id:${kind}`,
      value,
      ...(at === 0 && kind !== 'insurance' && issue),
    })),
  )
}

/** Where she lives, and where she is registered: that has a mark of its own, FHIR having no use for it. */
function addressesOf({ address, ward, permanentAddress, permanentProvince }: About) {
  const here = address !== undefined || ward !== undefined
  const there = permanentAddress !== undefined || permanentProvince !== undefined
  return filled([
    ...(here
      ? [
          known({
            extension: ward && [{ url: 'urn:sokhoe:ext:ward', valueCode: ward }],
            use: 'home',
            text: address,
          }),
        ]
      : []),
    ...(there
      ? [
          known({
            extension: [{ url: 'urn:sokhoe:ext:permanent', valueBoolean: true }],
            type: 'physical',
            text: permanentAddress,
            state: permanentProvince,
          }),
        ]
      : []),
  ])
}

const extensionsOf = (identity: About) =>
  filled([
    ...(['ethnicity', 'nationality', 'householdRelation'] as const).flatMap((name) => {
      const value = identity[name]
      return value
        ? [{ url: `urn:sokhoe:ext:${name}`, valueCoding: { code: value.code, display: value.text } }]
        : []
    }),
    ...(['occupation', 'birthProvince'] as const).flatMap((name) =>
      identity[name] ? [{ url: `urn:sokhoe:ext:${name}`, valueString: identity[name] }] : [],
    ),
  ])

const contactOf = ({ name, relation, phone, guardian }: Contact) =>
  known({
    extension:
      guardian === undefined ? undefined : [{ url: 'urn:sokhoe:ext:guardian', valueBoolean: guardian }],
    relationship: relation && [{ text: relation }],
    name: { text: name },
    telecom: phone && [{ system: 'phone', value: phone, use: 'mobile' }],
  })

/** The Patient that this source's word about the person makes; without id, which the index gives. */
export function patientOf(identity: About): FhirResource {
  const telecom = [
    { system: 'phone', value: identity.mobile, use: 'mobile' },
    { system: 'phone', value: identity.landline, use: 'home' },
    { system: 'email', value: identity.email },
  ].filter((point) => point.value !== undefined)
  return known<FhirResource>({
    resourceType: 'Patient',
    meta: selfDeclared(),
    extension: extensionsOf(identity),
    identifier: identifiersOf(identity),
    name: identity.name === undefined ? undefined : [{ use: 'official', text: identity.name }],
    telecom: filled(telecom),
    gender: identity.sex,
    birthDate: identity.birthDate,
    address: addressesOf(identity),
    contact: identity.contacts && filled(identity.contacts.map(contactOf)),
  })
}
