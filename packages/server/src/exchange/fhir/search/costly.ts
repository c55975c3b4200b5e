import { Problem } from '../../../platform/problem.ts'
import { issues } from '../outcome.ts'

/** A refusal that says what to add. */
export const tooCostly = (text: string): Problem =>
  new Problem('fhir.too-costly', { more: issues([{ severity: 'error', code: 'too-costly', text }]) })
