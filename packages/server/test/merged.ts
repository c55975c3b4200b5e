import { expect } from 'vitest'
import { FIRST_PART, HA, type ResidentAt } from './resident.ts'
import { another, openStation } from './station.ts'
import { signedInWorker } from './worker.ts'

export const HA_PHONE = '0912345678'
export const TWIN_PHONE = '0987654321'

/** Hà of the ward has two books, at two telephones; neither was confirmed. */
export async function twoBooks() {
  const house = await openStation({ role: 'station-lead' })
  const twin = await another(house.app, TWIN_PHONE, { ...HA, ...FIRST_PART })
  const colleague = await signedInWorker(house, { user: 'mai.bq' })
  const people: readonly string[] = [house.person, twin.person]
  /** She stands before the worker with a paper and both telephones. */
  const merge = (more: object = {}, who = house.worker) =>
    who.ask('POST', '/api/station/merge', {
      people,
      evidence: 'birth-certificate',
      telephones: [HA_PHONE, TWIN_PHONE],
      ...more,
    })
  const confirm = (who = colleague, agree = true) =>
    who.ask('POST', '/api/station/merge/confirm', { people, agree })
  const unmerge = (person: string, who = house.worker) =>
    who.ask('POST', '/api/station/unmerge', { person, reason: 'other-person' })
  const confirmHa = () =>
    house.of(house.person, 'verify', { how: 'seen', document: 'cccd', said: { number: '079161012345' } })
  return { ...house, twin, colleague, people, merge, confirm, unmerge, confirmHa }
}

export const ok = (reply: { statusCode: number; body: string }, status = 200) =>
  expect([reply.statusCode, reply.body]).toEqual([status, expect.anything()])

/** What a resident can see of her book, each page as it is told; who looked is left out, since looking adds to it. */
export async function seenBy(who: Pick<ResidentAt, 'ask'>) {
  const read = async (path: string) => (await who.ask('GET', path)).json()
  const { visitors: _, ...home } = await read('/api/books/own/home')
  const paths = [
    '/api/me',
    '/api/me/record',
    '/api/me/card',
    '/api/books/own/timeline',
    '/api/books/own/consents',
  ]
  const pages = await Promise.all(paths.map(read))
  return { home, pages, proxies: await read('/api/books/own/proxies'), family: await read('/api/me/family') }
}
