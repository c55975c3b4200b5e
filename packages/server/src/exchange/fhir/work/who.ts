import type { Client, Context, Scope } from '../../../platform/context.ts'
import { Problem } from '../../../platform/problem.ts'
import { clientNamed } from '../../clients/registry.ts'
import { readScope } from '../../clients/scopes.ts'

/** What is kept of whoever asked, to act for it later. It opens nothing by itself: see {@link standingClient}. */
export const writeClient = ({ id, no, facility, scopes, operator }: Client): string =>
  JSON.stringify({ id, no, facility, scopes, operator })

export const readClient = (text: string): Client => ({ kind: 'client', ...JSON.parse(text) })

/** @throws {Problem} fhir.scope: work that goes on by itself is done for programs of facilities alone */
export function needClient({ actor }: Context): Client {
  if (actor.kind !== 'client') throw new Problem('fhir.scope')
  return actor
}

/** Of a scope that the token had, the rights that the registry still gives. */
function stillGiven(scope: Scope, registered: readonly Scope[]): Scope[] {
  const { context, type, may } = scope
  const fitting = registered.filter(
    (each) => each.context === context && (each.type === '*' || each.type === type || type === '*'),
  )
  return fitting.flatMap((each) => {
    const left = [...may].filter((letter) => each.may.includes(letter)).join('')
    return left === '' ? [] : [{ context, type: type === '*' ? each.type : type, may: left }]
  })
}

/**
 * The client that asked, as it stands now: with no more rights than its token had and its registration still gives.
 * @returns undefined where it was suspended or now speaks for somebody else
 */
export async function standingClient(ctx: Context, asked: Client): Promise<Client | undefined> {
  const row = await clientNamed(ctx, asked.id)
  if (row.suspended_at || row.facility !== asked.facility || row.no !== asked.no) return undefined
  const registered = row.scopes.flatMap((text) => readScope(text) ?? [])
  const scopes = asked.scopes.flatMap((scope) => stillGiven(scope, registered))
  return { ...asked, scopes, operator: asked.operator && row.operator }
}

/** Whether the client may read resources of this type at all. */
export const mayRead = ({ scopes }: Client, type: string): boolean =>
  scopes.some(
    (scope) =>
      scope.context === 'system' && (scope.type === '*' || scope.type === type) && scope.may.includes('r'),
  )
