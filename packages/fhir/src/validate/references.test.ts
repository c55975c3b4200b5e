import { expect, test } from 'vitest'
import { isResourceType, mapReferences, resourceTypes } from './index.ts'

const observation = {
  resourceType: 'Observation',
  meta: { profile: ['urn:uuid:a'], tag: [{ system: 'urn:uuid:a', code: 'urn:uuid:a' }] },
  text: { status: 'generated', div: '<div><a href="urn:uuid:a">urn:uuid:a</a></div>' },
  extension: [{ url: 'urn:uuid:a', valueReference: { reference: 'urn:uuid:a', display: 'urn:uuid:a' } }],
  contained: [{ resourceType: 'Patient', id: 'p', managingOrganization: { reference: 'urn:uuid:a' } }],
  code: { text: 'urn:uuid:a' },
  subject: { reference: 'urn:uuid:a' },
  performer: [{ reference: 'Practitioner/1' }, { reference: 'urn:uuid:a' }],
  _status: { extension: [{ url: 'https://example.org/x', valueUri: 'urn:uuid:a' }] },
}

test('every string that points elsewhere gets its new text, every other string stays', () => {
  const kinds: string[] = []
  const moved = mapReferences(observation, (text, kind) => {
    kinds.push(kind)
    return text === 'urn:uuid:a' ? 'Thing/1' : text
  })

  expect(moved).toEqual({
    ...observation,
    meta: { profile: ['Thing/1'], tag: [{ system: 'Thing/1', code: 'urn:uuid:a' }] },
    text: { status: 'generated', div: '<div><a href="Thing/1">urn:uuid:a</a></div>' },
    extension: [{ url: 'urn:uuid:a', valueReference: { reference: 'Thing/1', display: 'urn:uuid:a' } }],
    contained: [{ resourceType: 'Patient', id: 'p', managingOrganization: { reference: 'Thing/1' } }],
    subject: { reference: 'Thing/1' },
    performer: [{ reference: 'Practitioner/1' }, { reference: 'Thing/1' }],
    _status: { extension: [{ url: 'https://example.org/x', valueUri: 'Thing/1' }] },
  })
  expect(new Set(kinds)).toEqual(new Set(['reference', 'uri', 'url', 'canonical']))
})

test('a resource in which nothing changes comes back itself, one that changes shares the rest', () => {
  expect(mapReferences(observation, (text) => text)).toBe(observation)

  const moved = mapReferences(observation, (text, kind) =>
    kind === 'reference' && text.startsWith('Practitioner/') ? 'Practitioner/2' : text,
  )
  expect(moved.performer).toEqual([{ reference: 'Practitioner/2' }, { reference: 'urn:uuid:a' }])
  expect(moved.contained).toBe(observation.contained)
  expect(observation.performer[0]?.reference).toBe('Practitioner/1')
})

test('the entries of a bundle are rewritten as what they are', () => {
  const bundle = {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      {
        fullUrl: 'urn:uuid:1',
        resource: { resourceType: 'Encounter', subject: { reference: 'urn:uuid:2' } },
      },
    ],
  }
  const moved = mapReferences(bundle, (text, kind) => (kind === 'reference' ? 'Patient/2' : text))
  expect(moved.entry[0]).toEqual({
    fullUrl: 'urn:uuid:1',
    resource: { resourceType: 'Encounter', subject: { reference: 'Patient/2' } },
  })
})

test('what has not the form of its type is left as it is', () => {
  for (const odd of [
    { resourceType: 'Observation', subject: 'urn:uuid:a', performer: { reference: 7 }, contained: [null, 3] },
    { resourceType: 'Nonsense', subject: { reference: 'urn:uuid:a' } },
    { resourceType: 'Bundle', entry: 'none' },
  ])
    expect(mapReferences(odd, () => 'x')).toEqual(odd)
})

test('there are 146 resource types, none of them abstract', () => {
  expect(resourceTypes).toHaveLength(146)
  expect(resourceTypes.every(isResourceType)).toBe(true)
  for (const name of ['Resource', 'DomainResource', 'Quantity', 'toString', '__proto__', ''])
    expect(isResourceType(name)).toBe(false)
})
