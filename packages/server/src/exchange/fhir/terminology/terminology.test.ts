import { expect, test } from 'vitest'
import { clientAt } from '../../../../test/client.ts'
import { openTestHouse } from '../../../../test/house.ts'

const ICD10 = 'http://hl7.org/fhir/sid/icd-10'

interface Line {
  readonly name: string
  readonly part?: readonly Line[]
  readonly [value: string]: unknown
}

const open = async () => {
  const { app, ctx } = await openTestHouse()
  const client = await clientAt(app, ctx)
  const get = async (url: string, status = 200) => {
    const reply = await client.ask('GET', url)
    expect(reply.statusCode, reply.body).toBe(status)
    return reply.json()
  }
  const post = async (url: string, parameter: readonly object[], status = 200) => {
    const reply = await client.ask('POST', url, { body: { resourceType: 'Parameters', parameter } })
    expect(reply.statusCode, reply.body).toBe(status)
    return reply.json()
  }
  return { app, ctx, client, get, post }
}

const valueIn = (parameters: { parameter?: Line[] }, name: string): unknown => {
  const line = parameters.parameter?.find((one) => one.name === name)
  return line && Object.entries(line).find(([key]) => key.startsWith('value'))?.[1]
}

const codesIn = (set: { expansion: { contains?: { code: string }[] } }): string[] =>
  (set.expansion.contains ?? []).map(({ code }) => code)

test('a diagnosis is looked up in Vietnamese and English systems, with its place in the classification', async () => {
  const { get, post } = await open()
  const told = await get(`CodeSystem/$lookup?system=${ICD10}&code=E11.9`)
  expect(told.resourceType).toBe('Parameters')
  expect(valueIn(told, 'display')).toContain('đái tháo đường')
  expect(valueIn(told, 'version')).toBe('2026-07-01')
  expect(told.parameter).toContainEqual({
    name: 'property',
    part: [
      { name: 'code', valueCode: 'parent' },
      { name: 'value', valueCode: 'E11' },
    ],
  })

  const test = await post('CodeSystem/$lookup', [
    { name: 'coding', valueCoding: { system: 'urn:sokhoe:code:lab-test', code: 'HBA1C' } },
    { name: 'displayLanguage', valueCode: 'en' },
    { name: 'property', valueCode: 'loinc' },
  ])
  expect(valueIn(test, 'display')).toMatch(/^Hemoglobin A1c/i)
  expect(test.parameter.filter(({ name }: Line) => name === 'property')).toEqual([
    {
      name: 'property',
      part: [
        { name: 'code', valueCode: 'loinc' },
        { name: 'value', valueString: '4548-4' },
      ],
    },
  ])
})

test('the day decides which list is meant, and an ended code is told from a wrong one', async () => {
  const { get } = await open()
  expect(
    valueIn(await get(`CodeSystem/$lookup?system=${ICD10}&code=A90&date=2026-06-30`), 'display'),
  ).toContain('Dengue')
  const ended = await get(`CodeSystem/$lookup?system=${ICD10}&code=A90`, 404)
  expect(ended).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ code: 'not-found' }] })
  expect(JSON.stringify(ended)).toContain('2020-10-28')
  await get(`CodeSystem/$lookup?system=${ICD10}&code=ZZZ`, 404)
  await get('CodeSystem/$lookup?system=http://nowhere.example&code=1', 404)
  await get(`CodeSystem/$lookup?system=${ICD10}&version=1900&code=A00`, 404)
  await get('CodeSystem/$lookup', 400)
  await get(`CodeSystem/$lookup?system=${ICD10}&code=A00&date=yesterday`, 400)
})

test('a code is held against its system: right, wrongly written, wrongly named, unknown', async () => {
  const { get, post } = await open()
  const ask = (query: string) => get(`CodeSystem/$validate-code?url=${ICD10}&${query}`)
  expect(await ask('code=I10')).toMatchObject({
    parameter: expect.arrayContaining([{ name: 'result', valueBoolean: true }]),
  })
  const undotted = await ask('code=E119')
  expect(valueIn(undotted, 'result')).toBe(false)
  expect(valueIn(undotted, 'message')).toContain('E11.9')
  expect(
    valueIn(await ask('code=I10&display=tang%20huyet%20ap%20vo%20can%20(nguyen%20phat)'), 'display'),
  ).toContain('uyết áp')
  expect(valueIn(await ask('code=I10&display=flu'), 'result')).toBe(false)
  expect(valueIn(await ask('code=IX&abstract=false'), 'result')).toBe(false)
  expect(valueIn(await get('CodeSystem/$validate-code?url=http://nowhere.example&code=1'), 'result')).toBe(
    false,
  )
  const concept = await post('CodeSystem/$validate-code', [
    {
      name: 'codeableConcept',
      valueCodeableConcept: {
        coding: [
          { system: ICD10, code: 'nothing' },
          { system: ICD10, code: 'I10' },
        ],
      },
    },
  ])
  expect(valueIn(concept, 'result')).toBe(true)
})

test('codes are chosen by words without marks, a page at a time, in both languages', async () => {
  const { get, post } = await open()
  const found = await get('ValueSet/$expand?url=urn:sokhoe:valueset:icd-10&filter=dai%20thao%20duong&count=5')
  expect(found.expansion).toMatchObject({ offset: 0, total: expect.any(Number) })
  expect(found.expansion.total).toBeGreaterThan(20)
  expect(codesIn(found)).toHaveLength(5)
  const next = await get(
    'ValueSet/$expand?url=urn:sokhoe:valueset:icd-10&filter=dai%20thao%20duong&count=5&offset=5',
  )
  expect(codesIn(next).filter((code) => codesIn(found).includes(code))).toEqual([])
  const byCode = await get('ValueSet/$expand?url=urn:sokhoe:valueset:icd-10&filter=e11.9')
  expect(codesIn(byCode)).toContain('E11.9')
  // the text searched for may be a finding of somebody: it is not repeated
  expect(JSON.stringify(found)).not.toContain('dai thao')

  const english = await post('ValueSet/$expand', [
    { name: 'url', valueUri: 'urn:sokhoe:valueset:allergen' },
    { name: 'filter', valueString: 'penicillin' },
    { name: 'displayLanguage', valueCode: 'en' },
    { name: 'includeDesignations', valueBoolean: true },
  ])
  expect(english.expansion.contains.every((each: { designation?: object[] }) => each.designation)).toBe(true)

  expect(await get('ValueSet/$expand?url=urn:sokhoe:valueset:icd-10', 403)).toMatchObject({
    issue: [{ code: 'too-costly' }],
  })
  await get('ValueSet/$expand?url=urn:sokhoe:valueset:nothing', 404)
  await get('ValueSet/$expand?url=urn:sokhoe:valueset:icd-10&count=-1', 400)
  await get('ValueSet/$expand', 400)
})

test('wards are those of the day, and the form offers its own answers', async () => {
  const { get } = await open()
  const wards = async (day: string) =>
    (await get(`ValueSet/$expand?url=urn:sokhoe:codes:wards&date=${day}&count=0`)).expansion.total
  expect(await wards('2026-11-23')).toBe(168)
  expect(await wards('2024-05-01')).toBeGreaterThan(400)
  const answers = await get('ValueSet/$expand?url=urn:sokhoe:valueset:form:831:B3.2.1')
  expect(codesIn(answers)).toContain('none')
  expect(
    valueIn(await get('ValueSet/$validate-code?url=urn:sokhoe:valueset:form:831:B3.2.1&code=2'), 'result'),
  ).toBe(true)
  expect(
    valueIn(await get('ValueSet/$validate-code?url=urn:sokhoe:valueset:form:831:B3.2.1&code=99'), 'result'),
  ).toBe(false)
})

test('a set that comes with the question is answered: listed codes, and what stands under one', async () => {
  const { post } = await open()
  const expand = (include: object, status?: number) =>
    post(
      'ValueSet/$expand',
      [{ name: 'valueSet', resource: { resourceType: 'ValueSet', compose: { include: [include] } } }],
      status,
    )
  expect(
    codesIn(await expand({ system: ICD10, concept: [{ code: 'I10' }, { code: 'E11' }] })).sort(),
  ).toEqual(['E11', 'I10'])
  const under = await expand({ system: ICD10, filter: [{ property: 'concept', op: 'is-a', value: 'E11' }] })
  expect(codesIn(under)).toContain('E11.9')
  expect(codesIn(under).every((code) => code.startsWith('E11'))).toBe(true)
  await expand({ system: ICD10, filter: [{ property: 'mark', op: 'regex', value: '.*' }] }, 400)
  await expand({ system: 'http://nowhere.example' }, 404)
  await expand({}, 400)
})

test('a short name leads to LOINC, by any name of the system, and a diagnosis to the list that came after', async () => {
  const { get, post } = await open()
  const loinc = await get(
    'ConceptMap/$translate?system=urn:sokhoe:code:lab-test&code=HBA1C&targetsystem=http://loinc.org',
  )
  expect(valueIn(loinc, 'result')).toBe(true)
  expect(loinc.parameter[1].part).toContainEqual({
    name: 'concept',
    valueCoding: { system: 'http://loinc.org', code: '4548-4', display: expect.any(String) },
  })
  const back = await get('ConceptMap/$translate?system=urn:oid:2.16.840.1.113883.6.1&code=4548-4')
  expect(JSON.stringify(back)).toContain('HBA1C')
  const moved = await post('ConceptMap/$translate', [
    { name: 'coding', valueCoding: { system: ICD10, version: '2020-10-28', code: 'A90' } },
  ])
  expect(moved.parameter[1].part).toContainEqual({ name: 'equivalence', valueCode: 'inexact' })
  expect(JSON.stringify(moved)).toContain('"A97"')
  const reverse = await get(
    'ConceptMap/$translate?url=urn:sokhoe:conceptmap:vaccine-to-cvx&system=http://hl7.org/fhir/sid/cvx&code=19&reverse=true',
  )
  expect(JSON.stringify(reverse)).toContain('"BCG"')
  expect(valueIn(await get('ConceptMap/$translate?system=http://loinc.org&code=0-0'), 'result')).toBe(false)
  await get('ConceptMap/$translate?code=HBA1C', 400)
  await get('ConceptMap/$translate?url=urn:nothing&system=http://loinc.org&code=4548-4', 404)
})

test('a finer code is subsumed by its block', async () => {
  const { get } = await open()
  const outcome = async (a: string, b: string) =>
    valueIn(await get(`CodeSystem/$subsumes?system=${ICD10}&codeA=${a}&codeB=${b}`), 'outcome')
  expect(await outcome('E11', 'E11.9')).toBe('subsumes')
  expect(await outcome('E11.9', 'E10-E14')).toBe('subsumed-by')
  expect(await outcome('E11.9', 'I10')).toBe('not-subsumed')
  expect(await outcome('E11.9', 'E11.9')).toBe('equivalent')
  await get(`CodeSystem/$subsumes?system=${ICD10}&codeA=E11&codeB=nothing`, 404)
  await get(`CodeSystem/$subsumes?system=${ICD10}&codeA=E11`, 400)
})

test('what is no Parameters resource is refused cleanly, and nothing is answered without the scope', async () => {
  const { app, ctx, client } = await open()
  for (const body of [
    '{',
    '[]',
    '{"resourceType":"Patient"}',
    '{"resourceType":"Parameters","parameter":[1]}',
    Buffer.from([0xff, 0xfe]),
  ]) {
    const reply = await client.ask('POST', 'CodeSystem/$lookup', { body })
    expect(reply.statusCode).toBe(400)
    expect(reply.json()).toMatchObject({ resourceType: 'OperationOutcome' })
  }
  const xml = await client.ask('POST', 'CodeSystem/$lookup', {
    body: '<x/>',
    headers: { 'content-type': 'application/fhir+xml' },
  })
  expect(xml.statusCode).toBe(415)
  const narrow = await clientAt(app, ctx, { scopes: 'system/Observation.rs' })
  expect((await narrow.ask('GET', `CodeSystem/$lookup?system=${ICD10}&code=I10`)).statusCode).toBe(403)
  expect((await app.inject(`/fhir/R4/CodeSystem/$lookup?system=${ICD10}&code=I10`)).statusCode).toBe(401)
})

test('the house’s own code systems, sets and maps are found by their address and read by their id', async () => {
  const { get } = await open()
  const systems = await get(`CodeSystem?url=${ICD10}`)
  expect(systems.entry.map(({ resource }: { resource: { version: string } }) => resource.version)).toEqual([
    '2020-10-28',
    '2026-07-01',
  ])
  expect((await get(`CodeSystem?url=${ICD10}&version=2026-07-01`)).total).toBe(1)
  expect((await get('CodeSystem?title=di%20nguyen')).total).toBe(1)
  expect((await get('ValueSet')).total).toBeGreaterThan(20)
  expect((await get('ConceptMap?url=urn:sokhoe:conceptmap:lab-test-to-loinc')).total).toBe(1)
  expect((await get('CodeSystem?url=http://nowhere.example')).total).toBe(0)
  expect((await get(`CodeSystem?url=${ICD10}&constructor=x`)).total).toBe(0)
  const allergens = await get('CodeSystem/allergen')
  expect(allergens).toMatchObject({ content: 'complete', count: 68 })
  expect(allergens.concept).toHaveLength(68)
  const icd10 = await get('CodeSystem/icd-10-2026-07-01')
  expect(icd10).toMatchObject({ content: 'not-present', version: '2026-07-01' })
  await get('CodeSystem/nothing', 404)
})

test('a code system that somebody sent stands beside the house’s own, each found by its address', async () => {
  const { app, ctx, get } = await open()
  const operator = await clientAt(app, ctx, { operator: true })
  const sent = {
    resourceType: 'CodeSystem',
    url: 'http://lab.example/codes',
    status: 'active',
    content: 'complete',
    title: 'Dị nguyên khác',
    property: [{ code: 'weight', type: 'decimal' }],
    concept: [{ code: 'a', property: [{ code: 'weight', valueDecimal: 0 }] }],
  }
  const body = JSON.stringify(sent).replace('"valueDecimal":0', '"valueDecimal":1.50')
  const made = await operator.ask('POST', 'CodeSystem', { body })
  expect(made.statusCode, made.body).toBe(201)
  const { id } = made.json()
  expect((await get('CodeSystem?url=http://lab.example/codes')).entry).toMatchObject([{ resource: { id } }])
  expect((await get('CodeSystem?url=urn:sokhoe:code:allergen')).entry).toMatchObject([
    { resource: { id: 'allergen' } },
  ])
  const both = await operator.ask('GET', 'CodeSystem?title=di%20nguyen')
  expect(both.json().total).toBe(2)
  expect(both.body).toContain('"valueDecimal":1.50')
  expect(await get(`CodeSystem/${id}`)).toMatchObject({ url: 'http://lab.example/codes' })
  expect(await get('CodeSystem?title=di%20nguyen&_summary=count')).toMatchObject({ total: 2 })
  const form = {
    body: 'url=urn:sokhoe:code:allergen',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  }
  expect((await operator.ask('POST', 'CodeSystem/_search', form)).json()).toMatchObject({ total: 1 })
})

test('a value set that somebody sent is expanded and asked by its address and its id', async () => {
  const { app, ctx, get } = await open()
  const operator = await clientAt(app, ctx, { operator: true })
  const body = {
    resourceType: 'ValueSet',
    url: 'http://lab.example/pressure',
    status: 'active',
    compose: {
      include: [{ system: ICD10, filter: [{ property: 'concept', op: 'is-a', value: 'I10-I15' }] }],
    },
  }
  const made = await operator.ask('POST', 'ValueSet', { body })
  expect(made.statusCode, made.body).toBe(201)
  for (const path of [
    'ValueSet/$expand?url=http://lab.example/pressure',
    `ValueSet/${made.json().id}/$expand?`,
  ])
    expect(codesIn(await get(`${path}&filter=tang%20huyet%20ap`))[0]).toBe('I10')
  const asked = 'ValueSet/$validate-code?url=http://lab.example/pressure&system='
  expect(valueIn(await get(`${asked}${ICD10}&code=I10`), 'result')).toBe(true)
  expect(valueIn(await get(`${asked}${ICD10}&code=E11`), 'result')).toBe(false)
})
