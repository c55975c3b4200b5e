import { expect, inject, test } from 'vitest'
import { PLACEMENT } from '../platform/placement.ts'
import { distributeCommand, distributions } from './distribute.ts'

test('every table but the local ones is told to Citus once, copied tables first, one home in one place', () => {
  const all = distributions(PLACEMENT)
  const placed = Object.entries(PLACEMENT).filter(([, place]) => place !== 'local')
  expect(all.map(({ table }) => table).toSorted()).toEqual(placed.map(([table]) => table).toSorted())

  const kinds = all.map(({ statements }) => statements[0]?.text.match(/create_\w+/)?.[0])
  expect(kinds).toEqual(
    kinds.toSorted((a, b) => Number(b === 'create_reference_table') - Number(a === 'create_reference_table')),
  )
  const byHome = all.flatMap(({ statements }) => statements).filter(({ values }) => values[1] === 'home')
  expect(byHome.map(({ values }) => values[2])).toEqual([
    'none',
    ...byHome.slice(1).map(() => byHome[0]?.values[0]),
  ])
})

test('a spread table is told its column and whom it lies beside, and leaves no second copy', () => {
  expect(
    distributions({
      'a.one': { distributed: 'home' },
      'b.list': 'reference',
      'a.two': { distributed: 'home' },
      'a.queue': 'local',
      'a.name': { distributed: 'hash' },
    }).map(({ statements }) =>
      statements.map(({ text, values }) => `${text.match(/select (\w+)/)?.[1]} ${values.join(' ')}`),
    ),
  ).toEqual([
    ['create_reference_table b.list'],
    ['create_distributed_table a.one home none', 'truncate_local_data_after_distributing_table a.one'],
    ['create_distributed_table a.two home a.one', 'truncate_local_data_after_distributing_table a.two'],
    ['create_distributed_table a.name hash none', 'truncate_local_data_after_distributing_table a.name'],
  ])
})

test('where Citus is missing the operator is told what to install, and nothing is changed', async () => {
  const told: string[] = []
  const io = {
    env: { MODE: 'test', DATABASE_URL: inject('adminDatabaseUrl') },
    out: (line: string) => void told.push(`out ${line}`),
    err: (line: string) => void told.push(line),
  }

  expect(await distributeCommand([], io)).toBe(1)
  expect(told).toEqual([expect.stringMatching(/^Citus is missing in this database: install the extension/)])
})
