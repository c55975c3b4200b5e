/** One finding: what, where, and what to do. It never quotes what was sent. */
export interface Issue {
  readonly severity: 'fatal' | 'error' | 'warning' | 'information'
  /** FHIR's issue-type. */
  readonly code: string
  /** FHIRPath of the element, such as Observation.component[1].code. */
  readonly expression: string
  readonly text: string
}

interface Draft {
  readonly severity: Issue['severity']
  readonly code: string
  expression: string
  readonly text: string
}

/** JSON objects by their element names; only what isRecord let through. */
export type Json = { readonly [element: string]: unknown }

/** What is known while one resource is looked through. */
export interface Run {
  readonly issues: Draft[]
  readonly invariants: boolean
  /** Faults of form: rules are asked only of values that have none. */
  malformed: number
  /** Warnings among the issues. */
  warnings: number
  /** Levels of JSON that are still allowed below. */
  depthLeft: number
  /** The resource looked at: %resource. */
  resource: Json
  /** The resource that contains it, or itself: %rootResource. */
  rootResource: Json
}

/** Findings beyond this many are not told: the first ones are enough to mend. */
const MOST_ERRORS = 200
/** Warnings take no place of errors. */
const MOST_WARNINGS = 100

export function tell(
  run: Run,
  severity: Issue['severity'],
  code: string,
  expression: string,
  text: string,
): void {
  if (code !== 'invariant' && code !== 'code-invalid') run.malformed += 1
  const isWarning = severity === 'warning'
  if (isWarning ? run.warnings >= MOST_WARNINGS : run.issues.length - run.warnings >= MOST_ERRORS) return
  if (isWarning) run.warnings += 1
  run.issues.push({ severity, code, expression, text })
}

/** Findings since `from` lie under this element: paths are put together only where something was found. */
export function under(run: Run, from: number, name: string, index = -1): void {
  const step = index < 0 ? name : `${name}[${index}]`
  for (let at = from; at < run.issues.length; at += 1) {
    const issue = run.issues[at]
    if (issue) issue.expression = issue.expression === '' ? step : `${step}.${issue.expression}`
  }
}

export const isRecord = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
