import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import r4 from '../../data/r4.json' with { type: 'json' }
import { exampleNames } from '../../test/examples.ts'
import { parseJson } from '../json.ts'
import { compilePath } from '../path/index.ts'
import { BY_HAND } from './byhand.ts'
import { invariantOf } from './definitions.ts'
import { validate } from './index.ts'
import { isRecord, type Json, type Run } from './run.ts'
import { UNCOMPUTABLE, UNLISTED } from './uncomputable.ts'

const text = { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">a</div>' }
const found = (resource: object): string[] =>
  validate({ text, ...resource }).map(
    (issue) => `${issue.severity} ${issue.expression} ${issue.text.split(':')[0]}`,
  )

/** Resources that break one rule each, where they break it, and which. */
const BROKEN: readonly (readonly [resource: object, at: string, rule: string])[] = [
  [
    {
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'a' },
      valueString: 'a',
      dataAbsentReason: { text: 'b' },
    },
    'Observation',
    'obs-6',
  ],
  [
    {
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'a' },
      referenceRange: [{ age: { low: { value: 1 } } }],
    },
    'Observation.referenceRange[0]',
    'obs-3',
  ],
  [
    {
      resourceType: 'Observation',
      status: 'final',
      code: { coding: [{ code: 'a' }] },
      valueString: 'a',
      component: [{ code: { coding: [{ code: 'b' }, { code: 'a' }] } }],
    },
    'Observation',
    'obs-7',
  ],
  [{ resourceType: 'Patient', contact: [{ relationship: [{ text: 'a' }] }] }, 'Patient.contact[0]', 'pat-1'],
  [{ resourceType: 'Patient', telecom: [{ value: '0500000001' }] }, 'Patient.telecom[0]', 'cpt-2'],
  [
    { resourceType: 'Patient', name: [{ period: { start: '2026-02', end: '2026-01' } }] },
    'Patient.name[0].period',
    'per-1',
  ],
  [{ resourceType: 'Patient', photo: [{ data: 'TWFu' }] }, 'Patient.photo[0]', 'att-1'],
  [
    { resourceType: 'Patient', managingOrganization: { reference: '#o' } },
    'Patient.managingOrganization',
    'ref-1',
  ],
  [{ resourceType: 'Patient', extension: [{ url: 'urn:x' }] }, 'Patient.extension[0]', 'ext-1'],
  [
    { resourceType: 'Patient', contained: [{ resourceType: 'Basic', id: 'b', text, code: { text: 'a' } }] },
    'Patient',
    'dom-3',
  ],
  [
    {
      resourceType: 'Condition',
      subject: { reference: 'Patient/1' },
      clinicalStatus: {
        coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
      },
      abatementString: 'a',
    },
    'Condition',
    'con-4',
  ],
  [
    { resourceType: 'Organization', address: [{ use: 'home', city: 'a' }], name: 'a' },
    'Organization.address[0]',
    'org-2',
  ],
  [{ resourceType: 'Organization', active: true }, 'Organization', 'org-1'],
  [
    {
      resourceType: 'Questionnaire',
      status: 'draft',
      item: [{ linkId: '1', type: 'group', item: [{ linkId: '1', type: 'string' }] }],
    },
    'Questionnaire',
    'que-2',
  ],
  [
    {
      resourceType: 'Questionnaire',
      status: 'draft',
      item: [{ linkId: '1', type: 'display', required: true }],
    },
    'Questionnaire.item[0]',
    'que-6',
  ],
  [
    {
      resourceType: 'ServiceRequest',
      status: 'active',
      intent: 'order',
      subject: { reference: 'Patient/1' },
      occurrenceTiming: { repeat: { period: 1 } },
    },
    'ServiceRequest.occurrenceTiming.repeat',
    'tim-2',
  ],
  [{ resourceType: 'Medication', amount: { numerator: { value: 1 } } }, 'Medication.amount', 'rat-1'],
  [
    {
      resourceType: 'Condition',
      subject: { reference: 'Patient/1' },
      onsetAge: { value: 5, system: 'urn:x', code: 'a' },
    },
    'Condition.onsetAge',
    'age-1',
  ],
  [
    {
      resourceType: 'Observation',
      status: 'final',
      code: { text: 'a' },
      referenceRange: [{ low: { value: 1, comparator: '<' } }],
    },
    'Observation.referenceRange[0].low',
    'sqty-1',
  ],
  [
    {
      resourceType: 'Patient',
      text: { status: 'empty', div: '<div xmlns="http://www.w3.org/1999/xhtml"> </div>' },
    },
    'Patient.text.div',
    'txt-2',
  ],
  [
    {
      resourceType: 'Patient',
      text: { status: 'empty', div: '<div xmlns="http://www.w3.org/1999/xhtml"><script>a</script></div>' },
    },
    'Patient.text.div',
    'txt-1',
  ],
]

test.each(BROKEN)('a resource that breaks a rule is told which, and where: %#', (resource, at, rule) => {
  expect(found(resource)).toEqual([`error ${at} Keep the rule ${rule}`])
})

test('rules of a bundle are asked of the bundle and of each entry', () => {
  const entry = (more: object) =>
    validate({ resourceType: 'Bundle', type: 'collection', entry: [more] }).map(
      ({ text, expression }) => `${expression} ${text.slice(14, 19)}`,
    )
  expect(entry({ fullUrl: 'urn:uuid:1' })).toEqual(['Bundle.entry[0] bdl-5'])
  expect(
    entry({ search: { mode: 'match' }, resource: { resourceType: 'Basic', text, code: { text: 'a' } } }),
  ).toEqual(['Bundle bdl-2'])
})

test('a rule of good practice is a warning, and rules are not asked where the caller wants none', () => {
  const patient = { resourceType: 'Patient', active: true }
  expect(validate(patient).map(({ severity, text }) => `${severity} ${text.slice(14, 19)}`)).toEqual([
    'warning dom-6',
  ])
  expect(validate(patient, { invariants: false })).toEqual([])
})

test('every rule of R4 is compiled; one cannot be told of everything', () => {
  const names = Object.keys(r4.invariants)
  expect(names).toHaveLength(241)
  for (const name of names) compilePath(invariantOf(name).expression, 'Observation')
  const asking = names.filter((name) => invariantOf(name).expression.includes('resolve('))
  expect([...UNCOMPUTABLE.keys()]).toEqual(asking)
})

test('every required value set is listed, but for three', () => {
  const empty = Object.entries(r4.valueSets).flatMap(([url, codes]) => (codes === '' ? [url] : []))
  expect([...UNLISTED.keys()].sort()).toEqual(empty.sort())
  expect(Object.keys(r4.valueSets).length).toBeGreaterThan(200)
})

const FOLDER = new URL('../../../../node_modules/hl7.fhir.r4.examples/', import.meta.url)

/** Every object in a resource, with the name under which it stands. */
function* objectsIn(value: unknown, name: string): Generator<readonly [string, Json]> {
  if (Array.isArray(value)) for (const each of value) yield* objectsIn(each, name)
  else if (isRecord(value)) {
    yield [name, value]
    for (const [key, each] of Object.entries(value)) yield* objectsIn(each, key)
  }
}

/** What each rule by hand is asked of: the type of the focus, and how to know it in a resource. */
const FOCUS: Readonly<Record<string, readonly [type: string, is: (name: string, value: Json) => boolean]>> = {
  'ext-1': ['Extension', (name) => name === 'extension'],
  'ref-1': ['Reference', (_name, value) => typeof value['reference'] === 'string'],
  'sdf-8': ['StructureDefinition.snapshot', (name) => name === 'snapshot'],
  'sdf-8a': ['StructureDefinition.differential', (name) => name === 'differential'],
  'ig-1': ['ImplementationGuide.definition', (name, value) => name === 'definition' && 'resource' in value],
}

/** A resource as it is, and with parts taken away or put in so that rules are broken. */
const variantsOf = (resource: Json): Json[] => {
  const { contained, text: _text, snapshot, differential, extension } = resource
  const moved = (part: unknown) => (isRecord(part) ? { ...part, element: [{ path: 'Other.x' }] } : part)
  return [
    resource,
    { resourceType: resource['resourceType'], contained, code: resource['code'], extension },
    { ...resource, snapshot: moved(snapshot), differential: moved(differential) },
    {
      ...resource,
      valueString: 'a',
      component: [{ code: resource['code'] }],
      contained: [{ resourceType: 'Basic', id: 'x', meta: { versionId: '1', security: [{ code: 'a' }] } }],
    },
    {
      ...resource,
      extension: [{ url: 'a' }, { url: 'a', valueCode: 'b', extension: [{ url: 'c', valueCode: 'd' }] }],
      managingEntity: { reference: '#none' },
    },
  ]
}

/** A structure and a guide, small enough for FHIRPath. */
const DEFINITIONS: readonly Json[] = [
  {
    resourceType: 'StructureDefinition',
    kind: 'resource',
    type: 'Patient',
    snapshot: { element: [{ path: 'Patient' }, { path: 'Patient.name' }] },
    differential: { element: [{ path: 'Patient' }, { path: 'Patient.name' }] },
  },
  {
    resourceType: 'StructureDefinition',
    kind: 'logical',
    type: 'urn:x',
    snapshot: { element: [{ path: 'Visit' }, { path: 'Visit.day' }] },
    differential: { element: [{ path: 'Visit.day' }, { path: 'Visit.ward' }] },
  },
  ...['a', 'b'].map((groupingId) => ({
    resourceType: 'ImplementationGuide',
    fhirVersion: ['4.0.1'],
    definition: {
      grouping: [{ id: 'a' }],
      resource: [{ groupingId, fhirVersion: [groupingId === 'a' ? '4.0.1' : '3.0.0'] }],
    },
  })),
]

const rules = Object.entries(BY_HAND).filter(([rule]) => !/^txt-/.test(rule))
/** Rules of one resource type. */
const OF_TYPE: Readonly<Record<string, string>> = { 'obs-7': 'Observation', 'ig-2': 'ImplementationGuide' }

const paths = new Map(
  rules.map(([rule]) => {
    const type = FOCUS[rule]?.[0] ?? OF_TYPE[rule] ?? 'DomainResource'
    return [rule, compilePath(invariantOf(rule).expression, type)] as const
  }),
)

/** What a rule is asked of in a resource. */
function focusesOf(rule: string, resource: Json): Json[] {
  const focus = FOCUS[rule]
  if (focus === undefined)
    return rule !== 'obs-7' || resource['resourceType'] === 'Observation' ? [resource] : []
  return [...objectsIn(resource, '')]
    .filter(([name, value]) => focus[1](name, value))
    .map(([, value]) => value)
}

/** @returns the rules and both answers, where they differ; notes which answers were given */
function differencesIn(resource: Json, answers: Set<string>): string[] {
  const run: Run = {
    issues: [],
    invariants: true,
    malformed: 0,
    warnings: 0,
    depthLeft: 64,
    resource,
    rootResource: resource,
  }
  return rules.flatMap(([rule, ask]) =>
    focusesOf(rule, resource).flatMap((value) => {
      const own = ask(value, run)
      answers.add(`${rule} ${own}`)
      const theirs = paths.get(rule)?.holds(value, run) !== false
      return own === theirs ? [] : [`${rule} of ${resource['resourceType']}: ${own}, not ${theirs}`]
    }),
  )
}

test('rules answered by hand have the answers of their FHIRPath, kept and broken', () => {
  const texts = exampleNames
    .filter((name) => /^(?:Observation|Patient|Medication|Condition)/.test(name))
    .map((name) => readFileSync(new URL(name, FOLDER), 'utf8'))
    // whole books of FHIRPath's own answers take minutes
    .filter((text) => text.length < 20_000)
  const answers = new Set<string>()
  const differences = [...texts.map((text) => parseJson(text) as Json), ...DEFINITIONS]
    .flatMap(variantsOf)
    .flatMap((resource) => differencesIn(resource, answers))
  expect([...new Set(differences)]).toEqual([])
  const both = rules
    .map(([rule]) => rule)
    .filter((rule) => answers.has(`${rule} true`) && answers.has(`${rule} false`))
  expect(both).toEqual(rules.map(([rule]) => rule))
})
