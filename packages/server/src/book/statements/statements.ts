import { enterBook, type Whose } from '../../identity/index.ts'
import type { Context } from '../../platform/context.ts'
import { readPublicId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { type Entry, history, idOf, read, type Stated, statementKey } from '../../record/index.ts'
import { once, type Sent } from '../own/sent.ts'
import { isSeen, resourceOf, type Writing, writeInBook } from '../own/write.ts'
import {
  endOf,
  isEnded,
  kindOf,
  newStatement,
  nextStatement,
  type StatementTold,
  tellStatement,
} from './resources.ts'
import { isLater, type Kind, type Said } from './said.ts'

export interface Told extends StatementTold {
  readonly id: string
  readonly version: number
  /** Server time at which this version was written. */
  readonly at: string
}

export interface Done {
  readonly outcome: 'kept' | 'known'
  readonly id: string
  readonly version: number
}

const ERRAND = { action: 'record.state', what: 'statement' } as const

const isOwn = ({ source, type }: Entry): boolean => source === 'self' && type !== 'Consent'

/** "None that I know of" is no statement to be edited: the first one told takes its place. */
const isNone = (key: string | undefined): boolean => key?.endsWith('/none') ?? false

function tell(entry: Entry): Told[] {
  const resource = resourceOf(entry)
  const key = statementKey(resource)
  const told = key === undefined || isNone(key) ? undefined : tellStatement(resource)
  if (!told) return []
  return [{ ...told, id: idOf(entry), version: entry.version, at: new Date(entry.at).toISOString() }]
}

/** What a person stated herself, one by one; what has ended too. */
export async function statementsOf(ctx: Context, whose: Whose): Promise<Told[]> {
  const { ctx: entered, book } = await enterBook(ctx, whose, { action: 'record.read', what: 'statement' })
  const entries = await read(entered, book.patientIds, { restricted: true })
  return entries.filter((entry) => isOwn(entry) && isSeen(entered, entry)).flatMap(tell)
}

/** Every version of one, the latest first. @throws {Problem} book.statement-unknown */
export async function statementOf(ctx: Context, whose: Whose, id: string): Promise<{ versions: Told[] }> {
  const { ctx: entered, book } = await enterBook(ctx, whose, { action: 'record.read', what: 'statement' })
  const named = readPublicId(ctx.keys.id, id)
  if (!named || !book.patientIds.includes(named.patientId)) throw new Problem('book.statement-unknown')
  const entries = await history(entered, named.patientId, named.no, { restricted: true })
  const versions = entries.filter((entry) => isOwn(entry) && isSeen(entered, entry)).flatMap(tell)
  if (versions.length === 0) throw new Problem('book.statement-unknown')
  return { versions }
}

/** What was said to be none is not none any more. */
function endOfNone({ standing, telling }: Writing, kind: Kind): Stated[] {
  const none = standing.find((entry) => {
    const resource = resourceOf(entry)
    return kindOf(resource) === kind && isNone(statementKey(resource)) && !isEnded(resource)
  })
  return none ? [{ no: none.no, resource: endOf(telling, resourceOf(none)) }] : []
}

function refuseLater(ctx: Context, { when }: Said): void {
  if (when !== undefined && isLater(when, ctx.now()))
    throw new Problem('request.invalid', { at: ['/said/when'] })
}

/** Does it once and tells what stands afterwards. */
export async function doOnce(writing: Writing, sent: Sent, work: () => Promise<number>): Promise<Done> {
  const { outcome, no } = await once(writing, sent, work)
  const now = await read(writing.ctx, [writing.patientId], { restricted: true })
  const entry = now.find((each) => each.no === no)
  if (!entry) throw new Problem('book.statement-unknown')
  return { outcome, id: idOf(entry), version: entry.version }
}

/** Adds a statement of her own. @throws {Problem} as `writeInBook` and `once` */
export async function addStatement(ctx: Context, whose: Whose, uuid: string, said: Said): Promise<Done> {
  refuseLater(ctx, said)
  return await writeInBook(ctx, whose, ERRAND, (writing) =>
    doOnce(writing, { uuid, content: { said } }, async () => {
      const resource = newStatement(writing.telling, uuid, said)
      const { resources } = await writing.keep('statement', [{ resource }, ...endOfNone(writing, said.kind)])
      return resources[0]?.no ?? 0
    }),
  )
}

export interface Edit {
  readonly uuid: string
  /** The version that was read before it was changed. */
  readonly version: number
  /** Absent: it is no longer so. */
  readonly said?: Said
}

/** @throws {Problem} book.statement-unknown: not hers, not open to this proxy, or not there */
function ownEntry({ ctx, standing, patientId }: Writing, id: string): Entry {
  const named = readPublicId(ctx.keys.id, id)
  const entry = standing.find(({ no }) => named?.patientId === patientId && no === named.no && no !== 0)
  const known = entry && isOwn(entry) && isSeen(ctx, entry) && statementKey(resourceOf(entry)) !== undefined
  if (!entry || !known) throw new Problem('book.statement-unknown')
  return entry
}

function nextOf(writing: Writing, entry: Entry, { said }: Edit) {
  const before = resourceOf(entry)
  if (!said) return endOf(writing.telling, before)
  if (kindOf(before) !== said.kind) throw new Problem('request.invalid', { at: ['/said/kind'] })
  return nextStatement(writing.telling, before, said)
}

/**
 * Changes or ends a statement of her own: a new version, the old one stays. Whoever read an older version than the one
 * that stands is told so and overwrites nothing.
 * @throws {Problem} as `writeInBook` and `once`; book.statement-unknown; book.changed-meanwhile
 */
export async function changeStatement(ctx: Context, whose: Whose, id: string, edit: Edit): Promise<Done> {
  if (edit.said) refuseLater(ctx, edit.said)
  return await writeInBook(ctx, whose, { ...ERRAND, line: id }, (writing) =>
    doOnce(writing, { uuid: edit.uuid, content: { id, ...edit } }, async () => {
      const entry = ownEntry(writing, id)
      if (entry.version !== edit.version)
        throw new Problem('book.changed-meanwhile', { more: { version: entry.version } })
      await writing.keep('statement', [{ no: entry.no, resource: nextOf(writing, entry, edit) }])
      return entry.no
    }),
  )
}
