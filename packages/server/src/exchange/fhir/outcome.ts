import { writeJson } from '@sokhoe/fhir'
import type { Problem, ProblemCode } from '../../platform/problem.ts'

/** One line of an OperationOutcome: what, where, and what to do next. It never quotes what was sent. */
export interface OutcomeIssue {
  readonly severity: 'fatal' | 'error' | 'warning' | 'information'
  /** FHIR's issue-type. */
  readonly code: string
  /** FHIRPath of the element. */
  readonly expression?: string
  readonly text: string
}

/** FHIR's issue-type for each refusal; 'processing' where none says more. */
const TYPES: Readonly<Partial<Record<ProblemCode, string>>> = {
  'fhir.sign-in-needed': 'login',
  'fhir.scope': 'forbidden',
  'fhir.not-found': 'not-found',
  'fhir.gone': 'deleted',
  'fhir.malformed': 'structure',
  'fhir.invalid': 'invariant',
  'fhir.unknown-patient': 'not-found',
  'fhir.not-allowed': 'not-supported',
  'fhir.not-supported': 'not-supported',
  'fhir.too-costly': 'too-costly',
  'fhir.conflict': 'conflict',
  'fhir.version-conflict': 'conflict',
  'fhir.many-matches': 'multiple-matches',
  'fhir.not-acceptable': 'not-supported',
  'fhir.media-type': 'not-supported',
  'fhir.too-large': 'too-long',
  'fhir.limited': 'throttled',
  'fhir.too-slow': 'timeout',
  'request.not-found': 'not-found',
  'request.too-large': 'too-long',
  'request.busy': 'transient',
  'access.refused': 'forbidden',
  'server.fault': 'exception',
  'record.damaged': 'exception',
  'record.version-conflict': 'conflict',
  'record.unknown-patient': 'not-found',
}

/** Where a Problem carries lines of its own: `new Problem('fhir.invalid', { more: issues([...]) })`. */
export const issues = (lines: readonly OutcomeIssue[]): { readonly issues: readonly OutcomeIssue[] } => ({
  issues: lines,
})

const isIssues = (value: unknown): value is readonly OutcomeIssue[] => Array.isArray(value)

/** The lines by which a refusal is told. */
export function issuesOf(problem: Problem): readonly OutcomeIssue[] {
  const told = problem.more['issues']
  if (isIssues(told) && told.length > 0) return told
  const code = TYPES[problem.code] ?? 'processing'
  const line = { severity: 'error', code, text: problem.message } as const
  return problem.at.length === 0 ? [line] : problem.at.map((expression) => ({ ...line, expression }))
}

/** The resource as text. */
export function outcome(lines: readonly OutcomeIssue[]): string {
  return writeJson({
    resourceType: 'OperationOutcome',
    issue: lines.map(({ severity, code, expression, text }) => ({
      severity,
      code,
      details: { text },
      ...(expression !== undefined && { expression: [expression] }),
    })),
  })
}
