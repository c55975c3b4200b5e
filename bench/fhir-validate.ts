import type { FhirResource } from '@sokhoe/fhir'
import { validate } from '@sokhoe/fhir/validate'
import { type Figure, figure, median } from './figure.ts'
import { visitOf } from './resources.ts'

const GOAL_US = 20
const ROUNDS = 9
const TURNS = 10_000

/** Laboratory results of about 1 kB, as a hospital sends them, about a Patient of its own. */
function observations(): FhirResource[] {
  return visitOf(7, 1200)
    .map(({ resource }): FhirResource => ({ ...resource, subject: { reference: 'Patient/1a2b3c4d' } }))
    .filter(({ resourceType }) => resourceType === 'Observation')
}

/** Processor time of one validation, µs: others at work on the machine do not count. */
function cost(resources: readonly FhirResource[], invariants: boolean): number {
  const before = process.cpuUsage()
  for (let turn = 0; turn < TURNS; turn += 1) {
    const resource = resources[turn % resources.length]
    if (validate(resource, { invariants }).some(({ severity }) => severity === 'error'))
      throw new Error('an observation of the bench is not valid')
  }
  const { user, system } = process.cpuUsage(before)
  return (user + system) / TURNS
}

/** Mean cost of validating an Observation, without and with its invariants. */
export async function* validation(): AsyncGenerator<Figure> {
  const resources = observations()
  for (const invariants of [false, true]) {
    cost(resources, invariants)
    const rounds = Array.from({ length: ROUNDS }, () => cost(resources, invariants))
    const name = `validating an Observation ${invariants ? 'with' : 'without'} invariants, mean`
    yield figure({ name, value: median(rounds), unit: 'µs', goal: { atMost: GOAL_US } })
  }
}
