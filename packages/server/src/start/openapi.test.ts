import { expect, test } from 'vitest'
import { openTestHouse } from '../../test/house.ts'

interface Operation {
  readonly summary?: string
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
  readonly requestBody?: object
}

test('the app’s API describes itself: each address with what it does and what it takes, and nothing of FHIR', async () => {
  const { app } = await openTestHouse()
  const reply = await app.inject('/api/openapi.json')
  const { openapi, paths } = reply.json() as {
    openapi: string
    paths: Record<string, Record<string, Operation>>
  }
  expect(openapi).toMatch(/^3\./)
  const ours = Object.entries(paths).filter(([path]) => path.startsWith('/api/'))
  const all = ours.flatMap(([path, of]) =>
    Object.entries(of).map(([method, operation]) => ({ at: `${method} ${path}`, path, operation })),
  )
  expect(all.length).toBeGreaterThan(100)
  for (const { at, path, operation } of all) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name)
    const taken = (operation.parameters ?? []).filter((each) => each.in === 'path').map(({ name }) => name)
    expect([at, taken.toSorted()]).toEqual([at, named.toSorted()])
  }
  expect(all.filter(({ operation }) => !operation.summary).map(({ at }) => at)).toEqual([])
  expect(paths['/api/me/consents/{purpose}']?.['put']).toMatchObject({ requestBody: expect.any(Object) })
  expect(Object.keys(paths)).toContain('/api/department/clients')
  expect(Object.keys(paths).filter((path) => path.startsWith('/fhir'))).toEqual([])
})
