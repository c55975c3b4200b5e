import type { Readable } from 'node:stream'
import type { FhirResource } from '@sokhoe/fhir'
import type { Context } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'

/** One request at the exchange door, whether it came by itself or as an entry of a batch. */
export interface Ask {
  readonly ctx: Context
  readonly method: Method
  /** What stands in the address at the places that the interaction names: type, id, version, operation. */
  readonly params: Readonly<Record<string, string>>
  /** Decoded, in the order written; a name may stand more than once. */
  readonly query: readonly (readonly [name: string, value: string])[]
  /** By name in lower case. */
  readonly header: (name: string) => string | undefined
  /** As it arrived, unpacked; undefined where there was none. */
  readonly body: Buffer | undefined
  /** Absolute address under which this door is reached, without a slash at the end. */
  readonly base: string
  /** Only where it is an entry of a batch. */
  readonly entry?: AskedEntry
}

/** What an entry of a batch has besides a request of its own. */
interface AskedEntry {
  /** Its resource, read already. */
  readonly resource: FhirResource | undefined
  /** The whole batch, as it arrived. */
  readonly message: Buffer
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** JSON text, final; pieces are joined as they are. */
export type Body = string | Buffer | readonly (string | Buffer)[] | Readable

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Body
  /** Default application/fhir+json. */
  readonly type?: string
}

/** One thing that this door does at one kind of address. */
export interface Interaction {
  readonly method: Method
  /** Below the base, parts that vary with a colon: ':type/:id/_history/:version'. */
  readonly path: string
  readonly run: (ask: Ask) => Promise<Answer>
  /** Answered to anybody: what this server is, and nothing of anybody. */
  readonly open?: boolean
}

type Right = 'c' | 'r' | 'u' | 'd' | 's'

/** Whether the token opens this kind of interaction with this type. */
export function hasScope({ actor }: Context, type: string, right: Right): boolean {
  const scopes = actor.kind === 'client' || actor.kind === 'resident' ? (actor.scopes ?? []) : []
  return scopes.some((scope) => (scope.type === '*' || scope.type === type) && scope.may.includes(right))
}

/** @throws {Problem} fhir.scope */
export function needScope(ctx: Context, type: string, right: Right): void {
  if (!hasScope(ctx, type, right)) throw new Problem('fhir.scope')
}
