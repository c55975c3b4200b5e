import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { parseJson } from '@sokhoe/fhir'
import { expect, onTestFinished, test } from 'vitest'
import { clientAt } from '../../../../../test/client.ts'
import { openTestHouse } from '../../../../../test/house.ts'
import { bytesOf, read } from '../../../../record/index.ts'
import { loadFolder } from './load.ts'

function folder(files: Readonly<Record<string, string | Buffer>>): string {
  const dir = mkdtempSync(join(tmpdir(), 'sokhoe-load-'))
  onTestFinished(() => rmSync(dir, { recursive: true }))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(dir, name), text)
  return dir
}

const lines = (...all: object[]): string => all.map((one) => `${JSON.stringify(one)}\n`).join('')

const patient = (id: string) => ({ resourceType: 'Patient', id, name: [{ text: 'Trần An' }] })
const doctor = (id: string) => ({ resourceType: 'Practitioner', id, name: [{ text: 'Lê Bác' }] })
const result = (id: string, of: string) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { text: 'HbA1c' },
  subject: { reference: `Patient/${of}` },
  performer: [{ reference: 'Practitioner/d1' }],
})

async function opened() {
  const house = await openTestHouse()
  const { id, facility } = await clientAt(house.app, house.ctx)
  const refused: string[] = []
  const load = async (dir: string) =>
    await loadFolder(house.system, dir, {
      client: id,
      publicUrl: 'http://sokhoe.test',
      onRefused: (outcomes) => refused.push(...outcomes),
      onProgress: () => undefined,
    })
  const standing = async () => {
    const rows = await house.db
      .selectFrom('identity.patient')
      .select('patient_id')
      .where('source', '=', facility)
      .execute()
    const entries = await read(
      house.system,
      rows.map((row) => row.patient_id),
    )
    return entries.map((entry) => parseJson(bytesOf(entry).toString()) as Record<string, unknown>)
  }
  return { house, load, refused, standing }
}

test('a folder is brought together by person, however its files are cut, packed and ordered', async () => {
  const { load, refused, standing } = await opened()
  const ids = Array.from({ length: 30 }, (_, i) => `p${i}`)
  const dir = folder({
    'Observation.1.ndjson': lines(...ids.map((id) => result(`a-${id}`, id))),
    'Observation.2.ndjson.gz': gzipSync(lines(...ids.map((id) => result(`b-${id}`, id)))),
    'Patient.ndjson': lines(...ids.toReversed().map(patient)).trimEnd(),
    'Practitioner.ndjson': lines(doctor('d1')),
  })
  const first = await load(dir)
  expect(refused).toEqual([])
  expect(first).toEqual({ resources: 91, known: 0, refused: 0 })
  const all = await standing()
  expect(all.filter(({ resourceType }) => resourceType === 'Patient')).toHaveLength(30)
  const results = all.filter(({ resourceType }) => resourceType === 'Observation')
  expect(results).toHaveLength(60)
  expect(JSON.stringify(results)).not.toContain('Practitioner/d1')

  expect(await load(dir)).toEqual({ resources: 91, known: 91, refused: 0 })
  expect(await standing()).toEqual(all)
})

test('Bundles in files of their own are read packed too, and find what others hold', async () => {
  const { load, refused, standing } = await opened()
  const bundle = (first: string, ...resources: object[]) => ({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: resources.map((resource, i) => ({
      fullUrl: `urn:uuid:${first}${i}3151bd-1cbf-4d64-b04d-cd9187a4c6e0`,
      resource,
      request: { method: 'POST', url: 'x' },
    })),
  })
  const dir = folder({
    'a.json.gz': gzipSync(
      JSON.stringify(
        bundle('a', patient('p1'), {
          ...result('r1', ''),
          subject: { reference: 'urn:uuid:a03151bd-1cbf-4d64-b04d-cd9187a4c6e0' },
        }),
      ),
    ),
    'z.json': JSON.stringify(bundle('b', doctor('d1'), { resourceType: 'Observation' })),
  })
  const loaded = await load(dir)
  expect(loaded).toEqual({ resources: 3, known: 0, refused: 1 })
  expect(refused[0]).toContain('z.json 1')
  expect(JSON.stringify(await standing())).not.toContain('Practitioner/d1')
})

test('a line that is no resource is told with its file and number, and stops nobody else', async () => {
  const { load, refused } = await opened()
  const dir = folder({ 'x.ndjson': `${lines(patient('p1'))}{"resourceType":\n${lines(patient('p2'))}` })
  expect(await load(dir)).toEqual({ resources: 2, known: 0, refused: 1 })
  expect(refused[0]).toContain('x.ndjson 2')
})
