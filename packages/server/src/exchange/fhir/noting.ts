import { isResourceType } from '@sokhoe/fhir/validate'
import { note, noteRefusal } from '../../audit/index.ts'
import type { Context, Noted } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import type { Answer, Ask, Interaction } from './answer.ts'

type At = Pick<Interaction, 'method' | 'path'>

/** What was asked, and never of whom: the kind of address, with its type where it is one. */
function kindOf({ method, path }: At, params: Ask['params']): string {
  const { type = '' } = params
  return `${method} ${isResourceType(type) ? path.replace(':type', type) : path}`
}

const isUnwritten = ({ durable, inside }: Noted): boolean => durable + inside === 0

const counted = (ctx: Context): { readonly ctx: Context; readonly noted: Noted } => {
  const noted: Noted = { durable: 0, inside: 0 }
  return { ctx: { ...ctx, noted }, noted }
}

/** A refusal that nobody wrote down yet. @param what as `kindOf` tells it */
async function noteStatus(ctx: Context, what: string, status: number): Promise<void> {
  const entry = { action: status < 400 ? 'exchange.asked' : 'exchange.refused', what: `${what} ${status}` }
  await (status < 400 ? note(ctx, entry) : noteRefusal(ctx, entry))
}

/** Anybody may ask what this server is, and is told nothing of anybody: that alone leaves no line. */
const isTelling = (ctx: Context, { open = false }: Interaction): boolean =>
  open && ctx.actor.kind === 'nobody'

const statusOf = (error: unknown): number =>
  error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : 500

/** No name here and no value of FHIR holds the character NUL. @throws {Problem} fhir.not-found, fhir.malformed */
function needText({ params, query }: Ask): void {
  if (Object.values(params).some((part) => part.includes('\0'))) throw new Problem('fhir.not-found')
  if (query.some((pair) => pair.some((text) => text.includes('\0')))) throw new Problem('fhir.malformed')
}

/**
 * Runs one interaction, of a request or of an entry in a batch. Where neither it nor what it called wrote down anything
 * that stands, this does, a refusal too; durable before it returns.
 */
export async function runNoted(interaction: Interaction, ask: Ask): Promise<Answer> {
  const { ctx, noted } = counted(ask.ctx)
  const what = kindOf(interaction, ask.params)
  try {
    needText(ask)
    const answer = await interaction.run({ ...ask, ctx })
    if (isUnwritten(noted) && !isTelling(ctx, interaction)) await noteStatus(ctx, what, answer.status)
    return answer
  } catch (error) {
    // what was noted inside the transaction went with it
    if (noted.durable === 0) await noteStatus(ctx, what, statusOf(error))
    throw error
  } finally {
    // whoever runs this inside another request sees that something was written
    if (ask.ctx.noted) ask.ctx.noted.durable += 1
  }
}

/** What the edge itself refuses: no token, no such address, a body that is too long. */
export async function noteEdge(ctx: Context, what: string, status: number): Promise<void> {
  if (ctx.noted && ctx.noted.durable > 0) return
  await noteStatus(ctx, what, status)
}
