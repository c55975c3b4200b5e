import { hl7, type Statement, stated, type Telling } from './said.ts'

interface ReasonFor {
  readonly scope: string
  readonly reason: string
  /** Only for what carries this label of confidentiality. */
  readonly label?: string
}

/**
 * What the law makes us ask one by one (VN-26), and the reason FHIR knows for each. What is kept closed by a law of its
 * own (VN-46) is asked apart: in the book, never in a declaration.
 */
const PURPOSES = {
  treatment: { scope: 'patient-privacy', reason: 'TREAT' },
  programme: { scope: 'patient-privacy', reason: 'CAREMGT' },
  research: { scope: 'research', reason: 'HRESCH' },
  restricted: { scope: 'patient-privacy', reason: 'TREAT', label: 'R' },
} as const satisfies Readonly<Record<string, ReasonFor>>

export type ConsentPurpose = keyof typeof PURPOSES

const reasonFor = (purpose: ConsentPurpose): ReasonFor => PURPOSES[purpose]

export const CONSENT_PURPOSES = Object.keys(PURPOSES) as readonly ConsentPurpose[]

/** Yes or no to one purpose, and the words it was said to. Unanswered is neither. */
export type ConsentGiven = {
  readonly purpose: ConsentPurpose
  readonly given: boolean
  readonly textVersion: string
}

/** A Consent of its own for each purpose, always under the same key: a refusal is stated too, as a denial. */
export function consentStatement(
  { at, subject, author }: Telling,
  { purpose, given, textVersion }: ConsentGiven,
): Statement {
  const { scope, reason, label } = reasonFor(purpose)
  return stated(`consent/${purpose}`, {
    resourceType: 'Consent',
    status: 'active',
    scope: hl7('consentscope', scope),
    category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0', display: 'Consent Document' }] }],
    patient: subject,
    dateTime: at,
    performer: [author],
    policy: [{ uri: `urn:sokhoe:consent:${purpose}:${textVersion}` }],
    provision: {
      type: given ? 'permit' : 'deny',
      purpose: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: reason }],
      ...(label !== undefined && {
        securityLabel: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality', code: label }],
      }),
    },
  })
}
