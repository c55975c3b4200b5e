import { randomUUID } from 'node:crypto'
import { parseJson } from '@sokhoe/fhir'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CHO_RAY } from '../../../../test/client.ts'
import {
  form,
  grant,
  HA,
  identifier,
  idsIn,
  LOINC,
  linkIn,
  measured,
  openWard,
} from '../../../../test/searching.ts'
import { patientAt } from '../../../../test/stated.ts'
import { matchesOf } from './index.ts'

test('a hospital finds its own measurements by patient and code, and their numbers as it wrote them', async () => {
  const { here, ofHere } = await openWard()
  const written = parseJson('{"value":98.10}')
  const [sugar] = await ofHere.state([
    measured('2339-0', '98.1', '2026-03-01', { valueQuantity: written }),
    measured('8480-6', '120', '2026-03-01'),
  ])
  const reply = await here.ask('GET', `Observation?patient=${ofHere.id}&code=${LOINC}|2339-0`)
  expect(reply.statusCode).toBe(200)
  expect(idsIn(reply)).toEqual([sugar?.id])
  expect(reply.json()).toMatchObject({ resourceType: 'Bundle', type: 'searchset', total: 1 })
  expect(reply.body).toContain('"value":98.10')
  expect(reply.json().entry?.[0]?.fullUrl).toBe(`http://localhost:80/fhir/R4/Observation/${sugar?.id}`)
  const posted = await here.ask('POST', 'Observation/_search', form(`patient=${ofHere.id}&code=2339-0`))
  expect(idsIn(posted)).toEqual([sugar?.id])
  expect(linkIn(posted, 'self')).toBe('http://localhost:80/fhir/R4/Observation')
})

test('without her word a hospital finds what it stated itself, with it what all have stated of her', async () => {
  const { ctx, here, there, ofHere, ofThere } = await openWard()
  const [own] = await ofHere.state([measured('2339-0', '98', '2026-03-01')])
  const [theirs] = await ofThere.state([measured('2339-0', '120', '2026-03-02')])
  const [hiv] = await ofThere.state([measured('2339-0', '130', '2026-03-03')], { restricted: true })
  const ask = async (url: string) => {
    const reply = await here.ask('GET', url)
    return { ids: idsIn(reply), total: reply.json().total, included: idsIn(reply, 'include') }
  }
  const all = `Observation?patient=${ofHere.id}`
  expect(await ask(all)).toEqual({ ids: [own?.id], total: 1, included: [] })
  // another hospital's Patient of hers is nobody to this one, as is an id that nobody has
  for (const id of [ofThere.id, ofHere.id.replace(/./, 'z'), '00000000-0000-0000-0000-000000000000']) {
    const foreign = await here.ask('GET', `Observation?patient=${id}`)
    expect(foreign.body.replaceAll(id, '')).toBe(
      (await here.ask('GET', 'Observation?patient=none')).body.replaceAll('none', ''),
    )
    expect(await ask(`Patient?_id=${id}`)).toEqual({ ids: [], total: 0, included: [] })
    expect(await ask(`Patient/${id}/Observation`)).toMatchObject({ ids: [], total: 0 })
  }
  expect((await ask('Patient?identifier=urn:cccd|079161000011')).ids).toEqual([ofHere.id])

  await grant(ctx, ofHere.patientId, 'treatment', true)
  const both = { ids: [own?.id, theirs?.id], total: 2 }
  expect(await ask(all)).toMatchObject(both)
  expect(await ask(`Observation?patient=${ofThere.id}`)).toMatchObject(both)
  expect(await ask(`Patient/${ofHere.id}/Observation`)).toMatchObject(both)
  expect(await ask(`Observation?subject:Patient.identifier=079161000011`)).toMatchObject(both)
  expect(await ask(`Observation?_id=${theirs?.id}`)).toMatchObject({ ids: [theirs?.id] })
  expect(await ask(`${all}&_summary=count`)).toEqual({ ids: [], total: 2, included: [] })
  expect((await ask('Patient?identifier=079161000011')).ids).toEqual([ofHere.id, ofThere.id])
  expect((await ask(`${all}&_include=Observation:subject`)).included.toSorted()).toEqual(
    [ofHere.id, ofThere.id].toSorted(),
  )
  expect((await ask(`Patient?_id=${ofHere.id}&_revinclude=Observation:patient`)).included).toEqual(both.ids)
  expect((await ask(`Patient?_id=${ofHere.id}&_has:Observation:patient:code=2339-0`)).ids).toEqual([
    ofHere.id,
  ])

  await grant(ctx, ofHere.patientId, 'restricted', true)
  expect((await ask(all)).ids).toEqual([own?.id, theirs?.id, hiv?.id])
  await grant(ctx, ofHere.patientId, 'restricted', false)
  const begun = linkIn(await here.ask('GET', `${all}&_count=1`), 'next')?.replace('http://localhost:80', '')
  expect((await ask(begun ?? '')).ids).toEqual([theirs?.id])
  // a word that is taken back holds from the next request on, whatever was begun before
  await grant(ctx, ofHere.patientId, 'treatment', false)
  expect(await ask(begun ?? '')).toMatchObject({ ids: [], total: 1 })
  expect(await ask(all)).toEqual({ ids: [own?.id], total: 1, included: [] })
  // what may be shown only with a word of its own, not even its sender finds
  expect(idsIn(await there.ask('GET', `Observation?patient=${ofThere.id}`))).toEqual([theirs?.id])
  expect(idsIn(await there.ask('GET', `Observation?_id=${hiv?.id}`))).toEqual([])
})

test('whoever searched is written down on the chain of everybody of whom the answer tells, and a refusal too', async () => {
  const { ctx, db, here, ofHere, ofThere } = await openWard()
  await ofHere.state([measured('2339-0', '98', '2026-03-01')])
  await ofThere.state([measured('2339-0', '98', '2026-03-01')])
  const since = async (patientId: number) =>
    (
      await db
        .selectFrom('audit.event')
        .select(['action', 'purpose', 'what', 'refused'])
        .where('patient_id', '=', patientId)
        .where('action', '=', 'exchange.search')
        .orderBy('seq')
        .execute()
    ).map(({ purpose, what, refused }) => [purpose, what, refused])
  await here.ask('GET', `Observation?patient=${ofHere.id}`)
  await here.ask('GET', `Observation?patient=${ofThere.id}`)
  await grant(ctx, ofHere.patientId, 'treatment', true)
  await here.ask('GET', `Observation?patient=${ofHere.id}`)
  expect(await since(ofHere.patientId)).toEqual([
    ['own-contribution', 'Observation', false],
    ['treatment', 'Observation', false],
  ])
  expect(await since(ofThere.patientId)).toEqual([
    [null, 'Observation', true],
    ['treatment', 'Observation', false],
  ])
  expect((await here.ask('GET', 'Observation?code=1')).statusCode).toBe(403)
  const [last] = await db
    .selectFrom('audit.event')
    .select(['action', 'refused'])
    .where('home', '=', 0)
    .orderBy('seq', 'desc')
    .limit(1)
    .execute()
  expect(last).toMatchObject({ refused: true })
})

test('pages are those of the moment of the first: nothing twice, nothing left out, whatever happens meanwhile', async () => {
  const { clock, here, there, ofHere } = await openWard()
  const days = Array.from({ length: 9 }, (_, i) => `2026-03-0${i + 1}`)
  const made = await ofHere.state(days.map((day, i) => measured('2339-0', String(90 + i), day)))
  const url = `Observation?patient=${ofHere.id}&_sort=-date&_count=2`
  const seen: string[] = []
  let reply = await here.ask('GET', url)
  for (let page = 0; page < 9; page += 1) {
    seen.push(...idsIn(reply))
    expect(reply.json().total).toBe(9)
    const next = linkIn(reply, 'next')
    if (next === undefined) break
    expect(next).not.toContain(ofHere.id)
    // one moves from the end to the front, one comes, one goes
    const at = made[page]
    await ofHere.state([measured('2339-0', '1', '2027-01-01')], { no: at?.no ?? 0 })
    await ofHere.state([measured('2339-0', '1', '2020-01-01')])
    await ofHere.state([{ resourceType: 'Observation' }], { no: made[8 - page]?.no ?? 0, deleted: true })
    const path = next.replace('http://localhost:80', '')
    reply = await here.ask('GET', path)
    expect(reply.statusCode).toBe(200)
    expect((await there.ask('GET', path)).statusCode).toBe(400)
    expect((await here.ask('GET', `${path}x`)).statusCode).toBe(400)
  }
  expect(seen).toEqual(made.map(({ id }) => id).toReversed())

  const last = linkIn(await here.ask('GET', url), 'next')?.replace('http://localhost:80', '') ?? ''
  clock.now = new Date(clock.now.getTime() + 40 * 60_000)
  expect((await here.ask('GET', last)).statusCode).toBe(410)
})

test('what stands with a mother is found from her child too, and no more of the mother, on every page', async () => {
  const { ctx, here, ofHere } = await openWard()
  const mai = await patientAt(ctx, {
    facility: CHO_RAY,
    demographics: { ...HA, name: 'Lê Mai', birthDate: '2020-01-01', identifiers: [] },
  })
  const performer = [{ reference: mai.reference }]
  const shared = await ofHere.state(
    [
      measured('2339-0', '1', '2026-03-01', { performer }),
      measured('2339-0', '2', '2026-03-02', { performer }),
    ],
    { also: [mai.patientId] },
  )
  await ofHere.state([measured('2339-0', '3', '2026-03-03')])
  const [own] = await mai.state([measured('2339-0', '4', '2026-03-04')])
  const url = `Patient/${mai.id}/Observation`
  const expected = [...shared.map(({ id }) => id), own?.id]
  expect(idsIn(await here.ask('GET', url)).toSorted()).toEqual(expected.toSorted())
  let reply = await here.ask('GET', `${url}?_count=1`)
  const seen = [...idsIn(reply)]
  for (let next = linkIn(reply, 'next'); next !== undefined; next = linkIn(reply, 'next')) {
    reply = await here.ask('GET', next.replace('http://localhost:80', ''))
    seen.push(...idsIn(reply))
  }
  expect(seen.toSorted()).toEqual(expected.toSorted())
})

test('a condition finds what the asking facility stated itself, and nothing else', async () => {
  const { ctx, here, ofHere, ofThere } = await openWard()
  const [own] = await ofHere.state([measured('2339-0', '98', '2026-03-01', { identifier })])
  await ofThere.state([measured('2339-0', '98', '2026-03-01', { identifier })])
  await grant(ctx, ofHere.patientId, 'treatment', true)
  const actor = { kind: 'client', id: here.id, no: here.no, facility: CHO_RAY, scopes: [] } as const
  const program = { ...ctx, actor: { ...actor, operator: false } }
  const base = 'http://localhost:80/fhir/R4'
  expect(await matchesOf(program, 'Observation', [['identifier', '079161000011']], { base })).toEqual([
    { patientId: ofHere.patientId, no: own?.no, id: own?.id },
  ])
  const within = { base, within: ofHere.patientId }
  expect(await matchesOf(program, 'Observation', [['code', '2339-0']], within)).toHaveLength(1)
  await expect(matchesOf(program, 'Observation', [['colour', 'red']], within)).rejects.toThrow(
    'not supported',
  )
})

interface Deed {
  readonly kind: 'add' | 'change' | 'end'
  readonly which: number
  readonly day: number
}

test('however the record changes between pages, every one of the first moment is shown once', async () => {
  const { here, ofHere } = await openWard()
  const deed = fc.record<Deed>({
    kind: fc.constantFrom('add', 'change', 'end'),
    which: fc.nat(40),
    day: fc.integer({ min: 1, max: 28 }),
  })
  const on = (code: string, n: number) => measured(code, String(n), `2026-02-${String(n).padStart(2, '0')}`)
  const change = async (code: string, nos: number[], { kind, which, day }: Deed) => {
    const of = { no: nos[which % nos.length] ?? 0, ...(kind === 'end' && { deleted: true as const }) }
    const [one] = await ofHere.state([on(code, day)], kind === 'add' ? {} : of)
    if (kind === 'add' && one) nos.push(one.no)
  }
  const pages = async (url: string, between: (page: number) => Promise<void>) => {
    let reply = await here.ask('GET', url)
    const seen = [...idsIn(reply)]
    for (let page = 0, next = linkIn(reply, 'next'); next !== undefined; page += 1) {
      await between(page)
      reply = await here.ask('GET', next.replace('http://localhost:80', ''))
      seen.push(...idsIn(reply))
      next = linkIn(reply, 'next')
    }
    return seen
  }
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 28 }), { minLength: 1, maxLength: 7 }),
      fc.array(fc.array(deed, { maxLength: 3 }), { maxLength: 8 }),
      fc.constantFrom('date', '-date', '-value-quantity,date', '_id', '-_lastUpdated'),
      fc.integer({ min: 1, max: 3 }),
      async (days, deeds, sort, count) => {
        const code = randomUUID()
        const nos = (await ofHere.state(days.map((n) => on(code, n)))).map(({ no }) => no)
        const url = `Observation?patient=${ofHere.id}&code=${code}&_sort=${sort}`
        const whole = idsIn(await here.ask('GET', url))
        const seen = await pages(`${url}&_count=${count}`, async (page) => {
          for (const one of deeds[page] ?? []) await change(code, nos, one)
        })
        expect(seen).toEqual(whole)
      },
    ),
    { numRuns: 12 },
  )
})
