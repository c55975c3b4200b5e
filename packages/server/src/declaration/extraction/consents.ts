import { answersOf, consentVersionOf, placesOf } from '@sokhoe/model'
import { CONSENT_PURPOSES, type ConsentGiven, consentStatement } from '../../record/index.ts'
import type { Declared, Found } from './statement.ts'

/** The consents answered, in the order of the form. */
export const consentsOf = ({ form, response }: Declared): ConsentGiven[] =>
  CONSENT_PURPOSES.flatMap((purpose) => {
    const given = answersOf(response, `consent.${purpose}`)[0]?.valueBoolean
    const item = placesOf(form).get(`consent.${purpose}`)?.item
    return given === undefined || !item
      ? []
      : [{ purpose, given, textVersion: consentVersionOf(item) ?? form.version }]
  })

/** Each answered purpose as a Consent of its own. */
export function consents(declared: Declared): Found {
  const statements = consentsOf(declared).map((given) => consentStatement(declared, given))
  return { statements, answered: statements.map(({ key }) => key) }
}
