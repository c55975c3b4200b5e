import type { Questionnaire } from '@sokhoe/model/questionnaire'
import { firstPart } from './form-first.ts'
import { aboutPart, birthPart, identityPart, reproductivePart } from './form-identity.ts'
import { disabilityPart, immunisationPart, riskPart, surgeryPart } from './form-later.ts'

/** Form 831 as the resident meets it, from November 2026 on. */
const NOVEMBER_2026: Questionnaire = {
  resourceType: 'Questionnaire',
  url: 'urn:sokhoe:form:831',
  version: '2026-11',
  status: 'active',
  title: 'Khai sức khỏe',
  _title: {
    extension: [
      {
        url: 'http://hl7.org/fhir/StructureDefinition/translation',
        extension: [
          { url: 'lang', valueCode: 'en' },
          { url: 'content', valueString: 'Health declaration' },
        ],
      },
    ],
  },
  subjectType: ['Patient'],
  date: '2026-11-01',
  effectivePeriod: { start: '2026-11-01' },
  item: [
    identityPart,
    firstPart,
    riskPart,
    surgeryPart,
    immunisationPart,
    reproductivePart,
    birthPart,
    disabilityPart,
    aboutPart,
  ],
}

/** Every version of the form, oldest first: periods of one do not reach into the next. */
const VERSIONS: readonly Questionnaire[] = [NOVEMBER_2026]

/**
 * The form in force on a day. Before the first version the first one stands, so that an earlier paper or a
 * clock set back still finds a form.
 *
 * @param day YYYY-MM-DD, in Vietnam
 */
export function formOf(day: string): Questionnaire {
  const inForce = VERSIONS.findLast(({ effectivePeriod }) => (effectivePeriod?.start ?? '') <= day)
  return inForce ?? NOVEMBER_2026
}

/** The form of that exact version, for reading what was once answered. */
export const formOfVersion = (version: string): Questionnaire | undefined =>
  VERSIONS.find((form) => form.version === version)

/** Every version, oldest first. */
export const formVersions = (): readonly Questionnaire[] => VERSIONS
