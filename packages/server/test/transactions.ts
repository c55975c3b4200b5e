import type { FhirResource } from '@sokhoe/fhir'
import { mapReferences } from '@sokhoe/fhir/validate'
import { expect } from 'vitest'
import type { askWith } from './client.ts'
import { readResource, saidBy } from './examples.ts'

interface Entry {
  readonly fullUrl: string
  readonly resource: FhirResource
}

/** Sends a transaction and reads back each of its resources: every one says what was sent, its references resolved. */
export async function loadAndReadBack(ask: ReturnType<typeof askWith>, transaction: string): Promise<number> {
  const entries = readResource(transaction)['entry'] as readonly Entry[]
  const reply = await ask('POST', '', { body: transaction })
  expect(reply.statusCode, reply.body.slice(0, 2000)).toBe(200)
  const told = reply.json().entry as readonly { response: { status: string; location: string } }[]
  expect(told.map(({ response }) => response.status.slice(0, 3))).toEqual(entries.map(() => '201'))
  const places = told.map(({ response }) => response.location.split('/_history/')[0] ?? '')
  const placeOf = new Map(entries.map(({ fullUrl }, i) => [fullUrl, places[i] ?? '']))
  for (const [i, { resource }] of entries.entries()) {
    const place = places[i] ?? ''
    expect(place).toMatch(new RegExp(`^${resource.resourceType}/[0-9a-f-]{36}$`))
    const read = await ask('GET', place)
    expect(read.statusCode, read.body).toBe(200)
    const sent = mapReferences(resource, (text) => placeOf.get(text) ?? text)
    expect(saidBy(readResource(read.body)), `${i} ${place}`).toBe(saidBy(sent))
  }
  return entries.length
}
