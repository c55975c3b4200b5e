import { type Answer, send } from '@sokhoe/ui/http'
import { onReached } from '@sokhoe/ui/online'
import { createStore } from '@sokhoe/ui/store'
import { bookIn, currentWhose, openBookOf } from '../family/whose.ts'
import type { Me } from './api.ts'
import { hear, tell } from './channel.ts'
import { dropOtherBooks } from './copies.ts'
import { clearPhone, dropOldCopies, renewCopies } from './keeping.ts'
import { newUuid, vault } from './vault.ts'

/** Who is signed in on this phone, as far as it knows: `at` is when the server last said so. */
export type Session =
  | { is: 'unknown' }
  | { is: 'out' }
  | { is: 'unreached' }
  | { is: 'in'; me: Me; owner: string; at: number }

type KeptMe = { me: Me; at: number }
const LEAVING = 'sk.leaving'
/** Somebody signed in on this phone; without it there is nobody to ask the server about. */
const ENTERED = 'sk.entered'

const session = createStore<Session>({ is: 'unknown' })

const become = session.set
export const currentSession = session.get
export const useSession = session.use

/** Whose answers these are, without saying who: drafts of one phone number never show to another. */
async function ownerName(who: string): Promise<string> {
  const kept = await vault()
  const salt = (await kept.get<string>('salt')) ?? newUuid()
  await kept.set('salt', salt)
  if (!crypto.subtle) return 'this-page'
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${salt} ${who}`))
  return [...new Uint8Array(digest).slice(0, 12)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

async function ownerOf(): Promise<string> {
  return (await (await vault()).get<string>('owner')) ?? 'someone'
}

async function keepMe(me: Me): Promise<Session> {
  const at = Date.now()
  if (!bookIn(me.books, currentWhose())) openBookOf('own')
  await renewCopies()
  await dropOtherBooks(me.books.map(({ person }) => person))
  await (await vault()).set('me', { me, at } satisfies KeptMe)
  return become({ is: 'in', me, owner: await ownerOf(), at })
}

/** A sign-out asked for without network is finished before anything else is asked of the server. */
async function finishLeaving(): Promise<void> {
  if (localStorage.getItem(LEAVING) === null) return
  const answer = await send('POST', '/api/sign-out', {})
  if (answer.status !== 0) localStorage.removeItem(LEAVING)
}

/** Asks the server who is signed in; without network, what this phone last knew. */
export async function refreshSession(): Promise<Session> {
  await finishLeaving()
  if (localStorage.getItem(LEAVING) !== null || localStorage.getItem(ENTERED) === null)
    return become({ is: 'out' })
  const answer = await send<Me>('GET', '/api/me')
  if (answer.is === 'ready') return keepMe(answer.data)
  if (answer.status === 401) return sessionEnded()
  await dropOldCopies()
  const kept = await (await vault()).get<KeptMe>('me')
  return kept
    ? become({ is: 'in', me: kept.me, owner: await ownerOf(), at: kept.at })
    : become({ is: 'unreached' })
}

/** After a right code, ticket or proof. What a former owner's book left on this phone goes; sealed drafts stay. */
export async function enterAs(who: string): Promise<Session> {
  localStorage.removeItem(LEAVING)
  localStorage.setItem(ENTERED, '1')
  const kept = await vault()
  const owner = await ownerName(who)
  if ((await kept.get<string>('owner')) !== owner) {
    for (const name of await kept.names()) if (name.startsWith('data/')) await kept.remove(name)
    await kept.set('owner', owner)
  }
  const next = await refreshSession()
  tell({ kind: 'signed-in' })
  return next
}

export async function unlock(
  proof: { card: string } | { idNumber: string; birthDate: string } | { name: string; birthDate: string },
): Promise<Answer<Me>> {
  const answer = await send<Me>('POST', '/api/me/unlock', proof)
  if (answer.is === 'ready') await keepMe(answer.data)
  return answer
}

/** The server says nobody is signed in any more. What is sealed on this phone stays for the same person's return. */
export function sessionEnded(): Session {
  openBookOf('own')
  localStorage.removeItem(ENTERED)
  return become({ is: 'out' })
}

/**
 * Ends the session and clears everything about the person from this phone.
 * @param unsent 'keep': answers not sent stay sealed until she signs in here again
 */
export async function signOut(unsent: 'discard' | 'keep' = 'discard'): Promise<void> {
  localStorage.setItem(LEAVING, '1')
  localStorage.removeItem(ENTERED)
  await clearPhone(await ownerOf(), unsent === 'keep')
  tell({ kind: 'signed-out' })
  await finishLeaving()
  become({ is: 'out' })
}

const LOOK_EVERY_MS = 60_000

/**
 * Notes every answer of the server. A screen that stays open does not outlive its copies: once they are too old, only
 * the server may show them.
 */
export function watchCopies(): () => void {
  const stop = onReached(() => {
    if (session.get().is === 'in' && localStorage.getItem(LEAVING) === null) void renewCopies()
  })
  const look = async () => {
    if (session.get().is === 'in' && (await dropOldCopies())) await refreshSession()
  }
  const timer = setInterval(() => void look(), LOOK_EVERY_MS)
  return () => {
    stop()
    clearInterval(timer)
  }
}

export const watchOtherTabs = (): (() => void) =>
  hear((word) => {
    if (word.kind === 'signed-out') become({ is: 'out' })
    if (word.kind === 'signed-in') void refreshSession()
  })
