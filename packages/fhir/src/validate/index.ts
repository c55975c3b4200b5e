import { checkResource } from './compile.ts'
import { checkProfile } from './conform.ts'
import { isResourceType } from './definitions.ts'
import { type Issue, isRecord, type Run, under } from './run.ts'

/**
 * Whether a resource is valid FHIR R4 (4.0.1), by the official definitions compiled into functions.
 *
 * @see https://hl7.org/fhir/R4/validation.html
 */
export { isResourceType, resourceTypes } from './definitions.ts'
export { profiles } from './profiles.ts'
export { mapReferences, type ReferenceKind } from './references.ts'
export type { Issue } from './run.ts'

export interface ValidateOptions {
  /** The canonical address of a profile that the resource must keep too: one of `profiles`. */
  readonly profile?: string
  /** Whether the rules written in FHIRPath are asked too; they are by default. */
  readonly invariants?: boolean
  /** Levels of JSON objects within each other at most; default 64. */
  readonly depth?: number
}

/**
 * Looks through one resource of any type, also a Bundle with its entries.
 *
 * @param resource as parseJson gives it: numbers may be written ones
 * @returns what was found, errors and warnings in the order of the elements, at most 200 errors and 100 warnings; it is valid where none is
 * an error or fatal. No text repeats a value that was sent.
 */
export function validate(resource: unknown, options: ValidateOptions = {}): readonly Issue[] {
  const { invariants = true, depth = 64, profile } = options
  const nothing = {}
  const run: Run = {
    issues: [],
    invariants,
    malformed: 0,
    warnings: 0,
    depthLeft: depth,
    resource: nothing,
    rootResource: nothing,
  }
  checkResource(resource, run)
  // a profile is asked only of what has the form of R4
  if (profile !== undefined && isRecord(resource) && run.malformed === 0) checkProfile(resource, profile, run)
  if (run.issues.length > 0) {
    const type = isRecord(resource) ? resource['resourceType'] : undefined
    under(run, 0, typeof type === 'string' && isResourceType(type) ? type : 'Resource')
  }
  return run.issues
}
