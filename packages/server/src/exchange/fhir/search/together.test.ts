import { tmpdir } from 'node:os'
import { expect, onTestFinished, test } from 'vitest'
import { askWith } from '../../../../test/client.ts'
import { grant, idsIn, LOINC, measured, openWard } from '../../../../test/searching.ts'
import { proveChains } from '../../../audit/index.ts'
import { readConfig } from '../../../platform/config.ts'
import { openDb } from '../../../platform/database.ts'
import { openApp } from '../../../start/app.ts'

const BY_NUMBER = 'Patient?identifier=079161000011'

/** What many ask at about the same moment shares trips, statements and commits: nobody may be given another's answer. */
test('of many who ask at once each is answered by what she may see, and every one of them is written down', async () => {
  const { db, here, there, ofHere, ofThere } = await openWard()
  const [mine] = await ofHere.state([measured('2339-0', '98', '2026-03-01')])
  const [theirs] = await ofThere.state([measured('2339-0', '120', '2026-03-02')])
  const asked = async () => {
    const { count } = await db
      .selectFrom('audit.event')
      .select(({ fn }) => fn.countAll<number>().as('count'))
      .where('actor', 'like', 'client:%')
      .executeTakeFirstOrThrow()
    return count
  }
  const before = await asked()
  const round = () =>
    Promise.all([
      here.ask('GET', `Observation/${mine?.id}`),
      here.ask('GET', `Observation/${theirs?.id}`),
      there.ask('GET', `Observation/${theirs?.id}`),
      there.ask('GET', `Observation/${mine?.id}`),
      here.ask('GET', `Patient/${ofHere.id}/$everything`),
      there.ask('GET', `Patient/${ofHere.id}/$everything`),
      here.ask('GET', `Observation?patient=${ofHere.id}&code=${LOINC}|2339-0`),
      there.ask('GET', `Observation?patient=${ofThere.id}&code=${LOINC}|2339-0`),
      here.ask('GET', BY_NUMBER),
      there.ask('GET', BY_NUMBER),
    ])
  const rounds = await Promise.all([round(), round(), round(), round()])
  for (const [own, foreign, its, other, all, none, found, foundThere, named, namedThere] of rounds) {
    expect([own, foreign, its, other].map(({ statusCode }) => statusCode)).toEqual([200, 404, 200, 404])
    expect([own.json().id, its.json().id]).toEqual([mine?.id, theirs?.id])
    expect([all.statusCode, none.statusCode]).toEqual([200, 404])
    expect(idsIn(all).toSorted()).toEqual([ofHere.id, mine?.id].toSorted())
    expect([idsIn(found), idsIn(foundThere)]).toEqual([[mine?.id], [theirs?.id]])
    expect([idsIn(named), idsIn(namedThere)]).toEqual([[ofHere.id], [ofThere.id]])
  }
  expect((await asked()) - before).toBe(rounds.length * 10)
  expect((await proveChains(db)).broken).toEqual([])
})

test('whom a number named before is asked anew: a word given, taken back or changed elsewhere holds from the next search', async () => {
  const { ctx, url, here, ofHere, ofThere } = await openWard()
  const pool = openDb(url, { max: 4 })
  const config = readConfig({ MODE: 'test', DEMO: '0', DATA_DIR: tmpdir() })
  const second = await openApp({
    config,
    ctx: { ...ctx, db: pool, pool },
    base: 'http://sokhoe.test',
  })
  onTestFinished(async () => {
    await second.close()
    await pool.destroy()
  })
  const both = [here.ask, askWith(second.http, here.token)] as const
  const seen = async (number = '079161000011') => {
    const each = await Promise.all(both.map((ask) => ask('GET', `Patient?identifier=${number}`)))
    const [first, other] = each.map((reply) => idsIn(reply).toSorted())
    expect(other).toEqual(first)
    return first
  }
  const own = [ofHere.id]
  for (const _ of [1, 2]) {
    expect(await seen()).toEqual(own)
    expect(await seen('079161000099')).toEqual([])
  }
  await grant(ctx, ofHere.patientId, 'treatment', true)
  expect(await seen()).toEqual([ofHere.id, ofThere.id].toSorted())
  await grant(ctx, ofHere.patientId, 'treatment', false)
  expect(await seen()).toEqual(own)

  const { json } = await here.ask('GET', `Patient/${ofHere.id}`)
  const changed = { ...json(), identifier: [{ system: 'urn:cccd', value: '079161000099' }] }
  expect((await here.ask('PUT', `Patient/${ofHere.id}`, { body: changed })).statusCode).toBe(200)
  expect(await seen('079161000099')).toEqual(own)
  expect(await seen()).toEqual([])
  expect((await here.ask('DELETE', `Patient/${ofHere.id}`)).statusCode).toBeLessThan(300)
  expect(await seen('079161000099')).toEqual([])
})
