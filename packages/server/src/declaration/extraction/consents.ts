import { answersOf, consentVersionOf, placesOf } from '@sokhoe/model'
import { type Declared, type Found, hl7, stated } from './statement.ts'

/** Yes or no to one purpose, and the words it was said to. Unanswered is neither. */
export type ConsentGiven = {
  readonly purpose: Purpose
  readonly given: boolean
  readonly textVersion: string
}

/** What the law makes us ask one by one, and the reason FHIR knows for each. */
const PURPOSES = {
  treatment: { scope: 'patient-privacy', reason: 'TREAT' },
  programme: { scope: 'patient-privacy', reason: 'CAREMGT' },
  research: { scope: 'research', reason: 'HRESCH' },
} as const
type Purpose = keyof typeof PURPOSES

const purposes = Object.keys(PURPOSES) as Purpose[]

/** The consents answered, in the order of the form. */
export const consentsOf = ({ form, response }: Declared): ConsentGiven[] =>
  purposes.flatMap((purpose) => {
    const given = answersOf(response, `consent.${purpose}`)[0]?.valueBoolean
    const item = placesOf(form).get(`consent.${purpose}`)?.item
    return given === undefined || !item
      ? []
      : [{ purpose, given, textVersion: consentVersionOf(item) ?? form.version }]
  })

/** Each answered purpose as a Consent of its own: a refusal is stated too, as a denial. */
export function consents(declared: Declared): Found {
  const statements = consentsOf(declared).map(({ purpose, given, textVersion }) => {
    const { scope, reason } = PURPOSES[purpose]
    return stated(`consent/${purpose}`, {
      resourceType: 'Consent',
      status: 'active',
      scope: hl7('consentscope', scope),
      category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0', display: 'Consent Document' }] }],
      patient: declared.subject,
      dateTime: declared.at,
      performer: [declared.author],
      policy: [{ uri: `urn:sokhoe:consent:${purpose}:${textVersion}` }],
      provision: {
        type: given ? 'permit' : 'deny',
        purpose: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: reason }],
      },
    })
  })
  return { statements, answered: statements.map(({ key }) => key) }
}
