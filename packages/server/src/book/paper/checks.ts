import { randomBytes } from 'node:crypto'
import type { Context } from '../../platform/context.ts'
import { fingerprint } from '../../platform/keys.ts'

declare module '../../platform/database.ts' {
  interface Tables {
    'book.print_check': { code_hash: Buffer; at: Date; parts: string[]; pages: number }
  }
}

/** Digits and letters that nobody takes for another: without I, L, O, U. */
const LETTERS = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 12
const WRITTEN = new RegExp(`^[${LETTERS}]{${LENGTH}}$`)

/** @returns 60 bits in three groups, as a page shows them: 'Q7M2-81XD-90AB' */
export function newCheckCode(): string {
  const letters = [...randomBytes(LENGTH)].map((byte) => LETTERS[byte % LETTERS.length]).join('')
  return letters.replaceAll(/(.{4})(?=.)/g, '$1-')
}

/** As somebody reads it off a page and types it. @returns undefined for what no page shows */
export function readCheckCode(typed: string): string | undefined {
  const code = typed.toUpperCase().replaceAll(/[\s-]/g, '').replaceAll('O', '0').replaceAll(/[IL]/g, '1')
  return WRITTEN.test(code) ? code : undefined
}

const hashOf = (ctx: Context, code: string): Buffer => fingerprint(ctx.keys, 'print check', code)

/** Keeps that this house printed a paper: when, which parts, how many pages; nothing of whose it is. */
export async function keepCheck(
  ctx: Context,
  code: string,
  paper: { readonly parts: readonly string[]; readonly pages: number },
): Promise<void> {
  await ctx.db
    .insertInto('book.print_check')
    .values({
      code_hash: hashOf(ctx, readCheckCode(code) ?? code),
      at: ctx.now(),
      parts: [...paper.parts],
      pages: paper.pages,
    })
    .execute()
}

export interface PrintCheck {
  /** Instant, ISO 8601. */
  readonly at: string
  readonly parts: readonly string[]
  readonly pages: number
}

/** @returns what was printed under this code; undefined where this house printed nothing under it */
export async function findCheck(ctx: Context, typed: string): Promise<PrintCheck | undefined> {
  const code = readCheckCode(typed)
  if (code === undefined) return undefined
  const row = await ctx.db
    .selectFrom('book.print_check')
    .selectAll()
    .where('code_hash', '=', hashOf(ctx, code))
    .executeTakeFirst()
  return row && { at: row.at.toISOString(), parts: row.parts, pages: row.pages }
}
