import type { FhirResource } from '@sokhoe/fhir'
import { mapReferences } from '@sokhoe/fhir/validate'
import type { MadePatient, Reach } from '../../../identity/index.ts'
import type { Client, Context } from '../../../platform/context.ts'
import { publicId } from '../../../platform/ids.ts'
import { type Deed, type Message, typeOf } from './deed.ts'
import type { Claim, Prepared } from './prepare.ts'

/** One message in hand, its transaction open. */
export interface Work {
  readonly ctx: Context
  readonly client: Client
  readonly message: Message
  readonly prepared: readonly Prepared[]
  readonly reaches: ReadonlyMap<number, Reach>
  /** Patients that came into being, by the deed that creates them. */
  readonly made: ReadonlyMap<number, MadePatient>
  /** Numbers in the directory, by deed. */
  readonly nos: ReadonlyMap<number, number>
}

/** Where what a message says lies once it is kept: 'Type/id' by what the message calls it. */
export type Targets = ReadonlyMap<string, string>

export const resolveWith =
  (...targets: readonly Targets[]) =>
  (resource: FhirResource): FhirResource =>
    mapReferences(resource, (text) => {
      // what is contained is named within its resource, whatever else is called so
      if (text.startsWith('#')) return text
      for (const each of targets) {
        const found = each.get(text)
        if (found !== undefined) return found
      }
      return text
    })

/** What the rest of the message calls it; what has no name is given one, for its Provenance. */
export const urnOf = (deed: Deed, at: number): string =>
  (deed.kind === 'delete' ? undefined : deed.urn) ?? `urn:sokhoe:entry:${at}`

/** How a Provenance names what a deed is about: what is new has no id yet. */
export function targetOf({ ctx }: Pick<Work, 'ctx'>, deed: Deed, at: number): string {
  return deed.kind === 'delete' ? `${deed.type}/${publicId(ctx.keys.id, deed.key)}` : urnOf(deed, at)
}

/** Which resource a deed changes, and the version that must stand. */
export function changing(deed: Deed): { no?: number; ifVersion?: number } {
  if (deed.kind === 'create') return {}
  const { key, ifVersion } = deed
  return { no: key.no, ...(ifVersion !== undefined && { ifVersion }) }
}

export function patientIdOf({ made }: Pick<Work, 'made'>, claim: Claim): number {
  const patientId = 'patientId' in claim ? claim.patientId : made.get(claim.createdBy)?.patientId
  if (patientId === undefined) throw new RangeError('a Patient that was not made')
  return patientId
}

/** Code of the ward where she lives; '' where nobody knows. */
export const wardOf = ({ made, reaches }: Work, claim: Claim): string =>
  ('patientId' in claim ? reaches.get(claim.patientId) : made.get(claim.createdBy))?.ward ?? ''

export const isPatient = (deed: Deed): boolean => typeOf(deed) === 'Patient'
