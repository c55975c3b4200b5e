import { createAge } from '@sokhoe/ui/age'
import type { Vault } from '@sokhoe/ui/vault'
import { forgetKeeping, pageOfLines } from './copies.ts'
import { vault } from './vault.ts'

const DAY_MS = 24 * 3600 * 1000
/** Copies of a book on this phone are for a few days without network, not for ever. */
const READABLE_MS = 7 * DAY_MS

const age = createAge(vault, READABLE_MS)

/** What belongs to a book, and not to answers that still wait to be sent. */
const isCopy = (name: string): boolean => name === 'me' || name.startsWith('data/')

/** Answers that still wait, of whomever. */
const isUnsent = (name: string): boolean => name.startsWith('draft/')

/** The server has just answered whoever is signed in. */
export const renewCopies = (): Promise<void> => age.renew()

/** Deletes the copies once the server has not answered for seven days. @returns whether they are gone */
export async function dropOldCopies(): Promise<boolean> {
  const kept = await vault()
  const copies = (await kept.names()).filter(isCopy)
  if (copies.length === 0 || !(await age.isOver())) return false
  for (const name of copies) await kept.remove(name)
  return true
}

/** The vault as screens read it: what is too old is deleted before anybody looks, pages of lines are cut to order. */
export async function readableVault(): Promise<Vault> {
  await dropOldCopies()
  const kept = await vault()
  return {
    ...kept,
    get: async <T>(name: string) => (await pageOfLines<T>(kept, name)) ?? (await kept.get<T>(name)),
  }
}

/**
 * Clears this phone of a person. Answers of others who chose to keep theirs stay sealed until they sign in again, and
 * with them the key and what tells owners apart.
 *
 * @param keep also her own answers that were not sent
 */
export async function clearPhone(owner: string, keep: boolean): Promise<void> {
  const kept = await vault()
  const names = await kept.names()
  const stays = (name: string): boolean => isUnsent(name) && (keep || !name.startsWith(`draft/${owner}/`))
  age.forget()
  forgetKeeping()
  if (!names.some(stays)) return await kept.clear()
  for (const name of names) if (!stays(name) && name !== 'salt') await kept.remove(name)
}
