import { type Answer, send } from '@sokhoe/ui/http'
import { useEffect, useState } from 'react'
import type { Challenge, Me } from '../platform/api.ts'
import { vault } from '../platform/vault.ts'

/** A one-time code that was asked for: kept sealed, because reading the message may close this page. */
export type Entry = {
  challenge: string
  /** By this phone's clock, ms. */
  expiresAt: number
  resendAt: number
  /** National form, 0xxxxxxxxx. */
  phone: string
  campaign: string | null
}

/** Where the steps of signing in lie: under the campaign that was scanned, or at the root for returning residents. */
export const entryPath = (
  campaign: string | null,
  step: '' | 'phone' | 'code' | 'ticket' | 'station',
): string => {
  if (step === '') return campaign === null ? '/' : `/q/${encodeURIComponent(campaign)}`
  return campaign === null ? `/app/${step}` : `/app/q/${encodeURIComponent(campaign)}/${step}`
}

type Asked = Extract<Answer<Challenge>, { is: 'ready' }>

/** Times of the server turned into times of this phone, whose clock may be wrong. */
export function entryOf({ data, serverNow }: Asked, phone: string, campaign: string | null): Entry {
  const skew = Date.now() - serverNow
  const here = (instant: string) => Date.parse(instant) + skew
  const { challenge, expiresAt, resendAt } = data
  return { challenge, expiresAt: here(expiresAt), resendAt: here(resendAt), phone, campaign }
}

export async function askForCode(campaign: string | null, phone: string): Promise<Answer<Challenge>> {
  const path =
    campaign === null ? '/api/sign-in/start' : `/api/campaigns/${encodeURIComponent(campaign)}/start`
  const answer = await send<Challenge>('POST', path, { phone })
  if (answer.is === 'ready') await (await vault()).set('entry', entryOf(answer, phone, campaign))
  return answer
}

export const answerCode = (challenge: string, code: string): Promise<Answer<Me>> =>
  send<Me>('POST', `/api/challenges/${encodeURIComponent(challenge)}/answer`, { code })

export const forgetEntry = async (): Promise<void> => (await vault()).remove('entry')

/** The code that was asked for last on this phone; 'none' where there is none. */
export function useEntry(): [Entry | 'loading' | 'none', (entry: Entry) => void] {
  const [entry, setEntry] = useState<Entry | 'loading' | 'none'>('loading')
  useEffect(() => {
    vault()
      .then((kept) => kept.get<Entry>('entry'))
      .then((kept) => setEntry(kept ?? 'none'))
  }, [])
  return [entry, setEntry]
}

/** Where to go after signing in: an own book, a locked one, or the declaration. */
export const afterEntry = (me: Me, campaign: string | null): string => {
  if (me.books.length > 0) return '/app/book'
  if (me.locked > 0) return '/app/unlock'
  return campaign === null && me.campaign === null ? '/app/book' : '/app/declare/first/1'
}

/** Seconds ticking, ms of now; one timer a screen. */
export function useNow(running: boolean): number {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (!running) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [running])
  return now
}
