import type { FhirResource } from '@sokhoe/fhir'
import type { ResourceKey } from '../../../platform/ids.ts'

/** What is to be done with one resource, after it was read and found valid. */
export type Deed = Create | Update | Delete

interface InMessage {
  /** Which entry of a Bundle it was. */
  readonly entry?: number
}

interface Create extends InMessage {
  readonly kind: 'create'
  readonly resource: FhirResource
  /** By what other resources of the same message refer to it. */
  readonly urn?: string
  /** The source's own id of it: stated again on the same shelf, it is the same resource. */
  readonly sourceKey?: string
}

interface Changing extends InMessage {
  /** What stands there may be shown only with a grant of its own, and so may what is told of its change. */
  readonly restricted?: boolean
}

interface Update extends Changing {
  readonly kind: 'update'
  readonly key: ResourceKey
  readonly resource: FhirResource
  /** The version that must stand. */
  readonly ifVersion?: number
  readonly urn?: string
}

interface Delete extends Changing {
  readonly kind: 'delete'
  readonly key: ResourceKey
  readonly type: string
  readonly ifVersion?: number
}

export const typeOf = (deed: Deed): string =>
  deed.kind === 'delete' ? deed.type : deed.resource.resourceType

/** Where a resource came from, for its Provenance. */
export interface Message {
  /** SHA-256 of what was sent, whole as it arrived. */
  readonly digest: Buffer
  /** Code of v3-PurposeOfUse. */
  readonly purpose: string
}

/** What became of one deed. */
export interface Done {
  readonly type: string
  readonly id: string
  readonly version: number
  /** ISO 8601. */
  readonly lastUpdated: string
  /** Its final JSON; empty for what was deleted. */
  readonly bytes: Buffer
}
