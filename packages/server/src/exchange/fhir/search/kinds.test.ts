import { expect, test, vi } from 'vitest'
import { askWith, CHO_RAY, clientAt, residentToken } from '../../../../test/client.ts'
import { HA, idsIn, LOINC, linkIn, measured, openWard, type Reply } from '../../../../test/searching.ts'
import { patientAt } from '../../../../test/stated.ts'

const WAIT = { timeout: 20_000, interval: 200 }
const ICD10 = 'http://hl7.org/fhir/sid/icd-10'

/** A visit with what belongs to it, on one shelf. */
async function openVisit() {
  const ward = await openWard()
  const { ofHere, here } = ward
  const [visit] = await ofHere.state([
    {
      resourceType: 'Encounter',
      status: 'finished',
      class: { code: 'AMB' },
      period: { start: '2026-03-01T08:00:00+07:00', end: '2026-03-01T09:30:00+07:00' },
      identifier: [{ system: 'urn:visits', value: 'V-1' }],
    },
  ])
  const encounter = { reference: `Encounter/${visit?.id}` }
  const [sugar, pressure, ill, pill] = await ofHere.state([
    measured('2339-0', '98', '2026-03-01T08:30:00+07:00', { encounter, meta: { tag: [{ code: 'mine' }] } }),
    {
      resourceType: 'Observation',
      status: 'final',
      code: { coding: [{ system: LOINC, code: '85354-9' }] },
      effectivePeriod: { start: '2026-03-02', end: '2026-03-04' },
      component: [
        { code: { coding: [{ code: '8480-6' }] }, valueQuantity: { value: 142, code: 'mm[Hg]' } },
        { code: { coding: [{ code: '8462-4' }] }, valueQuantity: { value: 88, code: 'mm[Hg]' } },
      ],
      meta: { security: [{ code: 'N' }] },
      note: [{ text: 'Đo tại nhà' }],
    },
    {
      resourceType: 'Condition',
      code: { coding: [{ system: ICD10, code: 'I10' }], text: 'Tăng huyết áp' },
      onsetDateTime: '2015',
      recordedDate: '2026-03-01',
      encounter,
    },
    {
      resourceType: 'MedicationRequest',
      status: 'active',
      intent: 'order',
      medicationCodeableConcept: { text: 'Amlodipin 5 mg' },
      meta: { profile: ['http://hospital.vn/StructureDefinition/toa|1'], source: 'urn:his:7' },
    },
  ])
  const names = new Map(
    Object.entries({ visit, sugar, pressure, ill, pill, her: ofHere }).map(([name, put]) => [
      put?.id ?? '',
      name,
    ]),
  )
  const find = async (query: string) => {
    const reply = await here.ask(
      'GET',
      query.replaceAll('HER', ofHere.id).replaceAll('VISIT', visit?.id ?? ''),
    )
    expect([query, reply.statusCode, reply.statusCode === 200 ? '' : reply.body]).toEqual([query, 200, ''])
    return idsIn(reply).map((id) => names.get(id))
  }
  return { ...ward, find, names, visit, sugar }
}

test('every kind of parameter, modifier and chain finds in one record what it should', async () => {
  const { find } = await openVisit()
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['Observation?patient=HER', ['sugar', 'pressure']],
    ['Observation?subject=Patient/HER&code=2339-0,85354-9', ['sugar', 'pressure']],
    [`Observation?patient=HER&code=${LOINC}|`, ['sugar', 'pressure']],
    ['Observation?patient=HER&code:not=2339-0', ['pressure']],
    ['Condition?patient=HER&code:text=tang huyet', ['ill']],
    ['Observation?patient=HER&date=2026-03-01', ['sugar']],
    ['Observation?patient=HER&date=ge2026-03-03', ['pressure']],
    ['Observation?patient=HER&date=2026-03', ['sugar', 'pressure']],
    ['Condition?patient=HER&onset-date=2015', ['ill']],
    ['Observation?patient=HER&value-quantity=98', ['sugar']],
    ['Observation?patient=HER&value-quantity=0.98|http://unitsofmeasure.org|g/L', ['sugar']],
    ['Observation?patient=HER&value-quantity=gt1||g/L', []],
    ['Observation?patient=HER&component-code-value-quantity=8480-6$gt140', ['pressure']],
    ['Observation?patient=HER&component-code-value-quantity=8462-4$gt140', []],
    ['Observation?patient=HER&combo-code=8462-4', ['pressure']],
    ['Observation?patient=HER&encounter:missing=true', ['pressure']],
    ['Observation?encounter=Encounter/VISIT', ['sugar']],
    ['Observation?patient=HER&encounter.date=2026-03-01', ['sugar']],
    ['Observation?encounter.identifier=V-1', ['sugar']],
    ['Observation?patient=HER&subject:Patient.gender=female', ['sugar', 'pressure']],
    ['Observation?patient.identifier=079161000011&patient.gender=male', []],
    ['Observation?patient.name=ha&patient.birthdate=1961-04-30', ['sugar', 'pressure']],
    ['Observation?patient.name=lan&patient.birthdate=1961-04-30', []],
    ['Encounter?patient=HER&_has:Observation:encounter:code=2339-0', ['visit']],
    ['Encounter?patient=HER&_has:Observation:encounter:code=85354-9', []],
    ['Encounter?identifier=urn:visits|v-1', ['visit']],
    ['Encounter?identifier=urn:elsewhere|V-1', []],
    ['Observation?patient=HER&_tag=mine', ['sugar']],
    ['Observation?patient=HER&_security=N', ['pressure']],
    ['MedicationRequest?patient=HER&_profile:below=http://hospital.vn', ['pill']],
    ['MedicationRequest?patient=HER&_source=urn:his:7', ['pill']],
    ['Observation?patient=HER&_lastUpdated=gt2026-11-01', ['sugar', 'pressure']],
    ['Observation?patient=HER&_lastUpdated=lt2026-11-01', []],
    ['Patient/HER/Condition?code=I10', ['ill']],
    ['?_type=Observation,Condition&patient=HER', ['sugar', 'pressure', 'ill']],
    [
      'Patient/HER/*?_lastUpdated=gt2026-11-01&_sort=_lastUpdated',
      ['her', 'visit', 'sugar', 'pressure', 'ill', 'pill'],
    ],
    [`Condition?patient=HER&code:below=${ICD10}|I10-I15`, ['ill']],
    [`Condition?patient=HER&code:below=${ICD10}|I20`, []],
    ['Patient/HER/Condition?code=I11', []],
    ['Observation?patient=HER&_sort=-date', ['pressure', 'sugar']],
    ['Observation?patient=HER&_sort=date', ['sugar', 'pressure']],
    ['Observation?patient=HER&_sort=-value-quantity', ['sugar', 'pressure']],
  ]
  for (const [query, expected] of cases) expect([query, await find(query)]).toEqual([query, expected])
  // by time is told only once everybody's older transactions are over
  await vi.waitFor(async () => {
    expect(await find('?_type=Condition,MedicationRequest&_lastUpdated=ge2026-11-01')).toEqual([
      'ill',
      'pill',
    ])
    expect(await find(`Condition?code=${ICD10}|I10&_lastUpdated=ge2026-11-01`)).toEqual(['ill'])
  }, WAIT)
})

test('what comes along, what is left out, and how the answer is cut', async () => {
  const { here, ofHere, names } = await openVisit()
  const ask = async (query: string): Promise<Reply> => await here.ask('GET', query)
  const of = `Observation?patient=${ofHere.id}`
  const include = async (query: string) =>
    idsIn(await ask(query), 'include').map((id) => names.get(id) ?? (id === ofHere.id ? 'her' : id))
  expect(await include(`${of}&_include=Observation:encounter`)).toEqual(['visit'])
  expect(await include(`${of}&_include=Observation:encounter:Group`)).toEqual([])
  expect((await include(`${of}&_include=*`)).toSorted()).toEqual(['her', 'visit'])
  expect(
    await include(`${of}&code=2339-0&_include=Observation:encounter&_include:iterate=Encounter:patient`),
  ).toEqual(['visit', 'her'])
  expect(await include(`Encounter?patient=${ofHere.id}&_revinclude=Condition:encounter`)).toEqual(['ill'])
  expect((await ask(`${of}&_count=1`)).json()).toMatchObject({ total: 2, entry: [{}] })
  expect((await ask(`${of}&_count=0`)).json()).not.toHaveProperty('entry')
  expect((await ask(`${of}&_total=none`)).json()).not.toHaveProperty('total')
  const [short] = (await ask(`${of}&_elements=effective`)).json().entry ?? []
  expect(Object.keys(short?.resource ?? {})).toEqual([
    ...['resourceType', 'id', 'meta', 'status', 'code', 'effectiveDateTime'],
  ])
  expect(short?.resource).toMatchObject({ meta: { tag: [{ code: 'mine' }, { code: 'SUBSETTED' }] } })
  expect((await ask(`${of}&_summary=true`)).body).not.toContain('Đo tại nhà')
})

test('an unknown parameter is left out and named, or refuses where that was asked for', async () => {
  const { here, ofHere } = await openVisit()
  const url = `Observation?patient=${ofHere.id}&colour=red`
  const lenient = await here.ask('GET', url)
  expect(idsIn(lenient)).toHaveLength(2)
  expect(lenient.json().entry?.at(-1)).toMatchObject({
    search: { mode: 'outcome' },
    resource: {
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'warning', expression: ['http.colour'] }],
    },
  })
  expect(linkIn(lenient, 'self')).not.toContain('colour')
  const strict = await here.ask('GET', url, { headers: { prefer: 'handling=strict' } })
  expect(strict.statusCode).toBe(400)
  expect(strict.json()).toMatchObject({ issue: [{ code: 'not-supported', expression: ['http.colour'] }] })
})

test('people are found by whole parts of a name with the whole birth date, and by nothing less', async () => {
  const { here, there, ofHere } = await openWard()
  const found = async (query: string) => idsIn(await here.ask('GET', `Patient?${query}`))
  expect(await found('name=ha&birthdate=1961-04-30')).toEqual([ofHere.id])
  expect(await found('name=Nguyễn Thu&birthdate=1961-04-30')).toEqual([])
  expect(await found('name=thu ha&birthdate=1961-04-30')).toEqual([ofHere.id])
  expect(await found('name=ha&birthdate=1961-05-01')).toEqual([])
  for (const query of ['name=ha', 'birthdate=1961-04-30', 'name=ha&birthdate=1961', 'gender=female', '']) {
    const reply = await there.ask('GET', `Patient?${query}`)
    expect([query, reply.statusCode]).toEqual([query, 403])
    expect(reply.json()).toMatchObject({ issue: [{ code: 'too-costly' }] })
    expect(reply.body).toContain('identifier')
  }
})

test('a token opens what its scopes say, in what comes along and in chains too', async () => {
  const { app, ctx, ofHere } = await openVisit()
  const { ask } = await clientAt(app, ctx, { scopes: 'system/Observation.rs' })
  const of = `Observation?patient=${ofHere.id}`
  expect(idsIn(await ask('GET', `${of}&_include=Observation:encounter`), 'include')).toEqual([])
  expect(idsIn(await ask('GET', `${of}&encounter.date=2026-03-01`))).toEqual([])
  for (const url of [
    `Encounter?patient=${ofHere.id}`,
    `Patient?_id=${ofHere.id}`,
    `?_type=Observation,Encounter&_lastUpdated=gt2020`,
  ])
    expect((await ask('GET', url)).statusCode).toBe(403)
})

test('by her own token she finds what all have stated of her, and nobody else', async () => {
  const { app, ctx, ofHere, ofThere } = await openWard()
  const [own] = await ofHere.state([measured('2339-0', '98', '2026-03-01')])
  const [other] = await ofThere.state([measured('2339-0', '99', '2026-03-02')])
  const minh = await patientAt(ctx, {
    facility: CHO_RAY,
    demographics: { ...HA, name: 'Trần Minh', birthDate: '1980-01-01', identifiers: [] },
  })
  await minh.state([measured('2339-0', '100', '2026-03-03')])
  const ask = askWith(app, await residentToken(ctx, ofHere.id))
  expect(idsIn(await ask('GET', `Observation?patient=${ofHere.id}`))).toEqual([own?.id, other?.id])
  expect(idsIn(await ask('GET', 'Observation?code=2339-0'))).toEqual([own?.id, other?.id])
  expect(idsIn(await ask('GET', `Observation?patient=${minh.id}`))).toEqual([])
})

test('whatever hostile hands send is refused cleanly, and tells nothing back', async () => {
  const { here, ofHere } = await openWard()
  const of = `Observation?patient=${ofHere.id}`
  const many = Array.from({ length: 5000 }, () => 'code=1').join('&')
  const chain = `encounter.${'part-of.'.repeat(50)}status`
  const sent = [
    `${of}&code=%00`,
    `${of}&code=%ff%fe`,
    `${of}&${chain}=Lan`,
    `${of}&date=${'9'.repeat(2000)}`,
    `${of}&code=${'a,'.repeat(3000)}b`,
    `${of}&_filter=code eq "Lan"`,
    `${of}&_sort=${'date,'.repeat(100)}date`,
    `${of}&value-quantity=1|http://unitsofmeasure.org`,
    `${of}&_count=99999999999`,
    `${of}&_page=Lan`,
    '?_type=Nothing&_id=1',
    '?_id=1',
    `Practitioner/${ofHere.id}/Observation`,
  ]
  for (const url of sent) {
    const reply = await here.ask('GET', url)
    expect([url.slice(0, 80), reply.statusCode >= 400 && reply.statusCode < 500]).toEqual([
      url.slice(0, 80),
      true,
    ])
    expect(reply.json()).toMatchObject({ resourceType: 'OperationOutcome' })
    expect(reply.body).not.toContain('Lan')
  }
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  for (const body of [many, 'code=%zz', Buffer.from([0x63, 0x3d, 0xff])])
    expect((await here.ask('POST', 'Observation/_search', { body, headers })).statusCode).toBe(400)
  const long = { body: `code=${'1,'.repeat(200_000)}`, headers }
  expect((await here.ask('POST', 'Observation/_search', long)).statusCode).toBe(413)
  expect((await here.ask('POST', 'Observation/_search', { body: '{}' })).statusCode).toBe(415)
  expect((await here.ask('GET', 'Nothing?_id=1')).statusCode).toBe(404)
  const regex = await here.ask('GET', `${of}&code:text=(a%2B)%2B$`)
  expect(regex.json()).toMatchObject({ total: 0 })
})
