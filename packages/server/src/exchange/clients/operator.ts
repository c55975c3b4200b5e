import { note } from '../../audit/index.ts'
import { type Context, inTransaction, type Scope } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { clientNamed, markUsed } from './registry.ts'
import { isWithin, readScope, readScopes, writeScope } from './scopes.ts'
import { issueToken } from './tokens.ts'

export interface AskedToken {
  /** A client by its name, or one resident by any of her Patients. */
  readonly of: { readonly client: string } | { readonly patientId: number }
  /** With blanks between; everything that its holder may have where absent. */
  readonly scope?: string | undefined
  readonly seconds: number
}

export interface MadeToken {
  readonly token: string
  readonly scope: string
  readonly seconds: number
}

const OWN: readonly Scope[] = [{ context: 'patient', type: '*', may: 'rs' }]

/** @throws {Problem} client.scope-unknown for one that is none, or was not granted */
function scopesWithin(asked: string | undefined, granted: readonly Scope[]): readonly Scope[] {
  const scopes = asked === undefined ? granted : readScopes(asked)
  if (!scopes?.every((scope) => isWithin(scope, granted))) throw new Problem('client.scope-unknown')
  return scopes
}

/** What was registered for a client. */
export const grantedTo = (scopes: readonly string[]): Scope[] =>
  scopes.map(readScope).filter((scope) => scope !== undefined)

/**
 * A token without an assertion, for whoever runs the house at its own machine; written down.
 * @throws {Problem} client.unknown, also for a suspended one · client.scope-unknown
 */
export async function tokenFor(ctx: Context, { of, scope, seconds }: AskedToken): Promise<MadeToken> {
  return await inTransaction(ctx, async (ctx) => {
    if ('patientId' in of) {
      const scopes = scopesWithin(scope, OWN)
      const token = await issueToken(ctx, { scopes, seconds, of })
      await note(ctx, { action: 'token.issue', patientId: of.patientId, what: 'resident' })
      return { token, scope: scopes.map(writeScope).join(' '), seconds }
    }
    const client = await clientNamed(ctx, of.client)
    if (client.suspended_at !== null) throw new Problem('client.unknown')
    const scopes = scopesWithin(scope, grantedTo(client.scopes))
    const token = await issueToken(ctx, { scopes, seconds, of: { client: client.no } })
    await markUsed(ctx, client.no)
    await note(ctx, { action: 'token.issue', what: client.id })
    return { token, scope: scopes.map(writeScope).join(' '), seconds }
  })
}
