import {
  type Part,
  placesOf,
  type Questionnaire,
  type QuestionnaireResponse,
  tidied,
} from '@sokhoe/model/questionnaire'
import { type Answer, isPassing, send } from '@sokhoe/ui/http'
import { onBack } from '@sokhoe/ui/online'
import { createStore } from '@sokhoe/ui/store'
import { useMemo } from 'react'
import { bookApi, currentWhose, useWhose, type Whose } from '../family/whose.ts'
import type { Kept, ServerDraft } from '../platform/api.ts'
import { hear, tell } from '../platform/channel.ts'
import { currentSession, refreshSession, sessionEnded } from '../platform/session.ts'
import { tellUnsent } from '../platform/unsent.ts'
import { alone, newUuid, vault } from '../platform/vault.ts'
import { type Draft, fromServer, lastChange, merged, newDraft, toServer, unsentIn } from './draft.ts'

/** A part of one book: 'first' of one's own, 'PERSON/first' of somebody else's. */
type Slot = string
const slotOf = (part: Part, book: Whose = currentWhose()): Slot => (book === 'own' ? part : `${book}/${part}`)
const slotIn = ({ part, book }: Draft): Slot => slotOf(part, book ?? 'own')

/** Drafts of who is signed in, of every book. The vault holds the truth; this is what the screens of this tab show. */
type State = {
  readonly drafts: ReadonlyMap<Slot, Draft>
  /** As the vault has them: only of these it is said that they wait, because what is merely shown goes with the page. */
  readonly kept: ReadonlyMap<Slot, Draft>
  readonly savedAt: number | undefined
  readonly failed: boolean
}

const NOTHING: State = { drafts: new Map(), kept: new Map(), savedAt: undefined, failed: false }
const state = createStore(NOTHING)
const draftsNow = () => state.get().drafts

function become(next: Partial<State>): void {
  state.set({ ...state.get(), ...next })
  tellUnsent(waitingOf(state.get().kept))
}

/** A declaration that waits is unsent, even where the server has all its answers as a draft. */
const waitingIn = (draft: Draft): number => Math.max(unsentIn(draft), draft.state === 'queued' ? 1 : 0)
const waitingOf = (drafts: State['drafts']): number =>
  [...drafts.values()].reduce((sum, draft) => sum + waitingIn(draft), 0)
const unsentNow = (): number => waitingOf(draftsNow())

const hold = (draft: Draft): void => become({ drafts: new Map(draftsNow()).set(slotIn(draft), draft) })
const noteKept = (draft: Draft): void => become({ kept: new Map(state.get().kept).set(slotIn(draft), draft) })

function letGo(slot: Slot): void {
  const [drafts, kept] = [new Map(draftsNow()), new Map(state.get().kept)]
  drafts.delete(slot)
  kept.delete(slot)
  become({ drafts, kept })
}

/** Drafts of the open book, by part. */
export function useDrafts() {
  const { drafts, savedAt, failed } = state.use()
  const whose = useWhose()
  const own = useMemo(() => {
    const here = [...drafts.values()].filter(({ book }) => (book ?? 'own') === whose)
    return new Map(here.map((draft) => [draft.part, draft]))
  }, [drafts, whose])
  return { drafts: own, savedAt, failed }
}

/** Whose drafts these are; stays when the session ends, so that answers typed after that are not lost. */
let owner = 'someone'
const nameOf = (slot: Slot): string => `draft/${owner}/${slot}`

/** What the vault has of a draft by now. */
const keptOf = async (slot: Slot): Promise<Draft | undefined> => (await vault()).get<Draft>(nameOf(slot))

async function keep(draft: Draft): Promise<void> {
  await (await vault()).set(nameOf(slotIn(draft)), draft)
  noteKept(draft)
}

/** Where the server keeps what belongs to a book. */
const apiOf = (kind: 'drafts' | 'declarations', book: Whose = 'own'): string =>
  book === 'own' ? `/api/me/${kind}` : bookApi(`/${kind}`, book)

/** Writes a draft after uniting it with what the other tab may have written meanwhile. */
async function persist(form: Questionnaire, slot: Slot): Promise<void> {
  await alone('draft', async () => {
    const mine = draftsNow().get(slot)
    if (!mine) return
    const other = await keptOf(slot)
    const united = other ? merged(form, mine, other) : mine
    await keep(united)
    const now = draftsNow().get(slot)
    if (now) hold(now === mine ? united : merged(form, now, united))
  })
  become({ savedAt: Date.now() })
  tell({ kind: 'draft', part: slot })
}

let writing: Promise<void> = Promise.resolve()

/** Shows a change at once, and keeps it on the phone and then on the server. */
export function change(form: Questionnaire, part: Part, work: (draft: Draft) => Draft): void {
  const slot = slotOf(part)
  const draft = draftsNow().get(slot)
  if (!draft) return
  hold(work(draft))
  writing = writing.then(() => persist(form, slot)).catch(() => become({ failed: true }))
  scheduleSync()
}

/** Waits until everything shown is kept on this phone. */
const written = (): Promise<void> => writing

/** The draft of a part: the one on this phone, or a new one from what is known already. */
export async function openDraft(
  form: Questionnaire,
  part: Part,
  base: () => QuestionnaireResponse,
): Promise<void> {
  const book = currentWhose()
  const slot = slotOf(part, book)
  if (draftsNow().has(slot)) return
  await alone('draft', async () => {
    const begun = { ...newDraft(newUuid(), part, base()), ...(book !== 'own' && { book }) }
    const draft = (await keptOf(slot)) ?? begun
    await keep(draft)
    hold(fitted(form, draft))
  })
}

/** A newer form keeps the answers it still asks for. */
const fitted = (form: Questionnaire, draft: Draft): Draft => ({
  ...draft,
  response: {
    ...draft.response,
    questionnaire: `${form.url}|${form.version}`,
    item: (draft.response.item ?? []).filter((item) => placesOf(form).has(item.linkId)),
  },
})

/** Everything this person began on this phone: to be counted, shown and sent. */
export async function loadLocalDrafts(): Promise<void> {
  const session = currentSession()
  if (session.is === 'in' && session.owner !== owner) {
    become(NOTHING)
    owner = session.owner
  }
  const opened = await vault()
  const prefix = nameOf('')
  const names = (await opened.names()).filter((name) => name.startsWith(prefix))
  const read = await Promise.all(names.map((name) => opened.get<Draft>(name)))
  // somebody else signed in meanwhile
  if (prefix !== nameOf('')) return
  const kept = new Map(read.flatMap((draft) => (draft ? [[slotIn(draft), draft] as const] : [])))
  become({ drafts: new Map([...kept, ...neverKept(kept)]), kept })
  scheduleSync()
}

/** What was answered while the vault was read, or could not be written: it stays shown. */
function neverKept(kept: State['kept']): (readonly [Slot, Draft])[] {
  const changedAt = (draft: Draft | undefined) => (draft ? lastChange(draft) : 0)
  const before = state.get().kept
  return [...draftsNow()].filter(
    ([slot, draft]) => lastChange(draft) > Math.max(changedAt(before.get(slot)), changedAt(kept.get(slot))),
  )
}

/** How many answers wait, asked of the phone itself: other tabs write there too, and this one may not have looked yet. */
export async function countUnsent(): Promise<number> {
  await written()
  await loadLocalDrafts()
  return unsentNow()
}

/** Also asks the server for what was begun on another phone. */
export async function loadDrafts(form: Questionnaire): Promise<void> {
  await loadLocalDrafts()
  const book = currentWhose()
  const answer = await send<ServerDraft[]>('GET', apiOf('drafts', book))
  if (answer.is === 'ready')
    for (const one of answer.data) {
      const draft = fromServer(one.uuid, one.response)
      await takeIn(form, draft && book !== 'own' ? { ...draft, book } : draft)
    }
  scheduleSync()
}

/** Unites a draft of the server with the one here. The server's name for it stands, so that it is one submission. */
async function takeIn(form: Questionnaire, remote: Draft | undefined): Promise<void> {
  if (!remote) return
  const local = draftsNow().get(slotIn(remote))
  const united = local ? { ...merged(form, local, remote), uuid: remote.uuid } : remote
  const ahead = local && lastChange(united) > lastChange(remote)
  hold({
    ...united,
    synced: ahead && local.uuid === remote.uuid ? local.synced : ahead ? 0 : lastChange(united),
  })
  await persist(form, slotIn(remote))
}

let syncTimer: ReturnType<typeof setTimeout> | undefined
const SYNC_AFTER_MS = 1200
const RETRY_AFTER_MS = 20_000

function scheduleSync(after = SYNC_AFTER_MS): void {
  clearTimeout(syncTimer)
  syncTimer = setTimeout(() => void sendAll(), after)
}

/** The form in use; declarations that wait need it to be sent. */
let formInUse: Questionnaire | undefined

async function sendAll(): Promise<void> {
  await syncAll()
  if (formInUse) await sendQueued(formInUse)
}

/** Sends everything that waits, now. @returns how many answers still wait */
export async function sendWaiting(): Promise<number> {
  await written()
  await sendAll()
  return unsentNow()
}

/** Sends what the server does not have: answers of open drafts. Safe to repeat. */
async function syncAll(keepalive = false): Promise<void> {
  if (currentSession().is !== 'in') return
  for (const slot of draftsNow().keys()) {
    const went = await alone('send', () => syncOne(slot, keepalive))
    if (went === 'later') scheduleSync(RETRY_AFTER_MS)
    if (went !== 'synced') return
  }
}

/** One after the other with declaring, over all tabs: a draft that was declared must not come back to the server. */
async function syncOne(slot: Slot, keepalive: boolean): Promise<'synced' | 'later' | 'refused'> {
  const shown = draftsNow().get(slot)
  const kept = await keptOf(slot)
  if (!shown || kept?.uuid !== shown.uuid) return 'synced'
  const draft = formInUse ? merged(formInUse, shown, kept) : kept
  if (unsentIn(draft) === 0) return 'synced'
  const body = { response: toServer(draft) }
  const answer = await send<undefined>('PUT', `${apiOf('drafts', draft.book)}/${draft.uuid}`, body, {
    keepalive,
  })
  if (answer.is === 'ready') {
    await noteSynced(draft)
    return 'synced'
  }
  if (answer.status === 401) sessionEnded()
  return isPassing(answer.status) ? 'later' : 'refused'
}

/** Marks the draft as the vault has it: another tab may have written more, and what was cleared does not come back. */
async function noteSynced(sent: Draft): Promise<void> {
  const marked = (draft: Draft): Draft => ({ ...draft, synced: Math.max(draft.synced, lastChange(sent)) })
  await alone('draft', async () => {
    const kept = await keptOf(slotIn(sent))
    if (kept?.uuid !== sent.uuid) return
    await keep(marked(kept))
    const now = draftsNow().get(slotIn(sent))
    if (now?.uuid === sent.uuid) hold(marked(now))
  })
}

/** Where a resident stands once a part is declared. */
export const afterDeclaring = (part: Part): string =>
  part === 'first' && currentWhose() === 'own' ? '/app/done' : '/app/book'

export type Sent =
  | { is: 'kept'; kept: Kept }
  | { is: 'queued' }
  | { is: 'gone' }
  | { is: 'refused'; answer: Extract<Answer<Kept>, { is: 'refused' }> }

const declarationOf = (form: Questionnaire, draft: Draft): QuestionnaireResponse => ({
  ...tidied(form, draft.response),
  status: 'completed',
  authored: new Date(lastChange(draft)).toISOString(),
})

/**
 * Declares a draft. The name of the submission was chosen with the draft, so that sending twice, from two tabs or
 * after a lost answer, is one declaration. Without network it waits on this phone.
 */
export const declare = (form: Questionnaire, part: Part): Promise<Sent> => declareSlot(form, slotOf(part))

async function declareSlot(form: Questionnaire, slot: Slot): Promise<Sent> {
  await written()
  return alone('send', async () => {
    const draft = await keptOf(slot)
    if (!draft) return { is: 'gone' }
    await remember({ ...draft, state: 'queued' })
    const answer = await put(form, draft)
    if (answer.is === 'ready') {
      await refreshSession()
      await forgetSent(draft)
      return { is: 'kept', kept: answer.data }
    }
    if (isPassing(answer.status)) {
      scheduleSync(RETRY_AFTER_MS)
      return { is: 'queued' }
    }
    await remember({ ...draft, state: 'open' })
    if (answer.status === 401) sessionEnded()
    return { is: 'refused', answer }
  })
}

/** The server has this declaration with other content already: another phone was first. These answers follow as the next one. */
async function put(form: Questionnaire, draft: Draft): Promise<Answer<Kept>> {
  const path = (uuid: string) => `${apiOf('declarations', draft.book)}/${uuid}`
  const answer = await send<Kept>('PUT', path(draft.uuid), declarationOf(form, draft))
  if (answer.is === 'ready' || answer.code !== 'declaration.changed') return answer
  const next = { ...draft, uuid: newUuid(), state: 'queued' as const }
  await remember(next)
  return send<Kept>('PUT', path(next.uuid), declarationOf(form, next))
}

async function remember(draft: Draft): Promise<void> {
  await keep(draft)
  hold(draft)
}

/** What was answered while sending, on another tab, stays as the next declaration. */
async function forgetSent(sent: Draft): Promise<void> {
  await alone('draft', async () => {
    const now = await keptOf(slotIn(sent))
    if (now && lastChange(now) > lastChange(sent))
      await remember({ ...now, uuid: newUuid(), state: 'open', synced: 0 })
    else await forget(slotIn(sent))
  })
}

async function forget(slot: Slot): Promise<void> {
  await (await vault()).remove(nameOf(slot))
  letGo(slot)
  tell({ kind: 'sent', part: slot })
}

/** Throws all drafts of every book away, here and on the server. */
export async function discardAll(): Promise<void> {
  for (const [slot, draft] of draftsNow()) {
    await send('DELETE', `${apiOf('drafts', draft.book)}/${draft.uuid}`)
    await alone('draft', () => forget(slot))
  }
}

/** Declarations that wait for the network are sent when it comes back. */
export async function sendQueued(form: Questionnaire): Promise<void> {
  for (const draft of draftsNow().values())
    if (draft.state === 'queued') await declareSlot(form, slotIn(draft))
}

/** Keeps this tab in step with the other tabs and the network. */
export function watchDrafts(form: Questionnaire): () => void {
  const stopHearing = hear((word) => {
    if (word.kind === 'sent') void refreshSession().then(() => letGo(word.part))
    if (word.kind === 'draft') void takeFromOtherTab(form, word.part)
    if (word.kind === 'signed-out') become(NOTHING)
  })
  formInUse = form
  const stopWaiting = onBack(() => void sendAll())
  const onHide = () => {
    if (document.visibilityState === 'hidden') void syncAll(true)
  }
  document.addEventListener('visibilitychange', onHide)
  return () => {
    stopHearing()
    stopWaiting()
    document.removeEventListener('visibilitychange', onHide)
  }
}

async function takeFromOtherTab(form: Questionnaire, slot: Slot): Promise<void> {
  const other = await keptOf(slot)
  const mine = draftsNow().get(slot)
  if (!other) return
  noteKept(other)
  hold(
    mine
      ? {
          ...merged(form, mine, other),
          uuid: other.uuid,
          synced: Math.max(mine.synced, other.synced),
          step: mine.step,
        }
      : other,
  )
}

/** Forgets what this tab shows; for signing out. */
export const clearDrafts = (): void => become(NOTHING)
