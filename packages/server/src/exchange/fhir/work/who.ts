import type { Client, Context, Scope } from '../../../platform/context.ts'
import { Problem } from '../../../platform/problem.ts'
import { clientRows } from '../../clients/index.ts'

/** What is kept of whoever asked, to act for it later. It opens nothing by itself: see {@link standingClient}. */
export const writeClient = ({ id, no, facility, scopes, operator }: Client): string =>
  JSON.stringify({ id, no, facility, scopes, operator })

export const readClient = (text: string): Client => ({ kind: 'client', ...JSON.parse(text) })

/** @throws {Problem} fhir.scope: work that goes on by itself is done for programs of facilities alone */
export function needClient({ actor }: Context): Client {
  if (actor.kind !== 'client') throw new Problem('fhir.scope')
  return actor
}

const SCOPE = /^(system|patient)\/(\*|[A-Za-z]+)\.([cruds]+)$/

/** Of a scope that the token had, the rights that the registry still gives. */
function stillGiven({ context, type, may }: Scope, registered: readonly string[]): Scope[] {
  const fitting = registered.flatMap((text) => {
    const [, where, of = '', letters = ''] = SCOPE.exec(text) ?? []
    return where === context && (of === '*' || of === type || type === '*') ? [{ of, letters }] : []
  })
  return fitting.flatMap(({ of, letters }) => {
    const left = [...may].filter((letter) => letters.includes(letter)).join('')
    return left === '' ? [] : [{ context, type: type === '*' ? of : type, may: left }]
  })
}

/**
 * The client that asked, as it stands now: with no more rights than its token had and its registration still gives.
 * @returns undefined where it was suspended or now speaks for somebody else
 */
export async function standingClient(ctx: Context, asked: Client): Promise<Client | undefined> {
  const row = (await clientRows(ctx)).find(({ no }) => no === asked.no)
  if (!row || row.suspended_at || row.facility !== asked.facility) return undefined
  const scopes = asked.scopes.flatMap((scope) => stillGiven(scope, row.scopes))
  return { ...asked, scopes, operator: asked.operator && row.operator }
}
