import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { exampleNames } from '../../test/examples.ts'
import { isWrittenNumber, parseJson } from '../json.ts'
import { resourceTypes, validate } from './index.ts'

const FOLDER = new URL('../../../../node_modules/hl7.fhir.r4.examples/', import.meta.url)
const examples = exampleNames
  .filter((name) => /^(?:Observation|Patient|Encounter|MedicationRequest|DiagnosticReport)-/.test(name))
  .map((name) => readFileSync(new URL(name, FOLDER), 'utf8'))
  .filter((text) => text.length < 20_000 && isClean(parseJson(text)))

function isClean(resource: unknown): boolean {
  return validate(resource).every(({ severity }) => severity === 'warning')
}

type Step = string | number

/** The way to every value that is no list and no object. */
function leavesOf(value: unknown, way: readonly Step[] = []): (readonly Step[])[] {
  if (Array.isArray(value)) return value.flatMap((each, at) => leavesOf(each, [...way, at]))
  if (typeof value !== 'object' || value === null || isWrittenNumber(value)) return [way]
  return Object.entries(value).flatMap(([name, each]) => leavesOf(each, [...way, name]))
}

/** A copy with something else at the end of the way. */
function put(value: unknown, [step, ...rest]: readonly Step[], last: (old: unknown) => unknown): unknown {
  if (step === undefined) return last(value)
  if (Array.isArray(value)) return value.map((each, at) => (at === step ? put(each, rest, last) : each))
  const own = value as Record<string, unknown>
  return { ...own, [step]: put(own[step], rest, last) }
}

const expressionOf = ([...steps]: readonly Step[]): string =>
  steps.map((step) => (typeof step === 'number' ? `[${step}]` : `.${step.replace(/^_/, '')}`)).join('')

/** What no primitive of FHIR is: an object, a list of nothing, nothing, an empty text. */
const NEVER: readonly unknown[] = [{ a: 1 }, [], null, '', {}]

test('a leaf replaced by what no primitive is, is told at its place', () => {
  expect(examples.length).toBeGreaterThan(60)
  fc.assert(
    fc.property(fc.constantFrom(...examples), fc.nat(), fc.constantFrom(...NEVER), (text, at, odd) => {
      const resource = parseJson(text) as Record<string, unknown>
      const leaves = leavesOf(resource).filter(([first]) => first !== 'resourceType')
      const way = leaves[at % leaves.length] ?? []
      const issues = validate(put(resource, way, () => odd)).filter(({ severity }) => severity === 'error')
      const place = `${String(resource['resourceType'])}${expressionOf(way)}`
      // within a contained resource the type itself may be what was taken away
      expect(issues.map(({ expression }) => expression)).toContain(place)
    }),
    { numRuns: 400 },
  )
})

test('an element of an unknown name is told wherever it stands', () => {
  fc.assert(
    fc.property(fc.constantFrom(...examples), fc.nat(), (text, at) => {
      const resource = parseJson(text) as Record<string, unknown>
      const holders = leavesOf(resource).filter((way) => typeof way.at(-1) === 'string')
      const way = (holders[at % holders.length] ?? []).slice(0, -1)
      const broken = put(resource, way, (old) => ({ ...(old as object), unheardOf: 'x' }))
      const places = validate(broken).map(({ expression }) => expression)
      expect(places).toContain(`${String(resource['resourceType'])}${expressionOf(way)}.unheardOf`)
    }),
    { numRuns: 300 },
  )
})

test('whatever is sent, validation ends with findings that repeat nothing of it', () => {
  const secret = 'Nguyễn Thị Bí Mật 079185001234'
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { depthSize: 'small' },
      fc.constantFrom(secret, null, true, 1.5, '2026-01-01', '#a', 'Patient/1'),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(
        fc.constantFrom(
          ...[
            'id',
            'extension',
            'url',
            'valueString',
            '_value',
            'contained',
            'resourceType',
            'code',
            'coding',
          ],
          ...[
            'text',
            'div',
            'subject',
            'reference',
            'entry',
            'resource',
            'component',
            'meta',
            'status',
            secret,
          ],
        ),
        tie('any'),
        { maxKeys: 5 },
      ),
    ),
  })).any
  fc.assert(
    fc.property(fc.constantFrom(...resourceTypes), value, (resourceType, inner) => {
      const resource = typeof inner === 'object' && !Array.isArray(inner) ? { ...inner, resourceType } : inner
      const issues = validate(resource, {
        profile: 'http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips',
      })
      expect(JSON.stringify(issues)).not.toContain('Bí Mật')
      for (const { text, code, expression } of issues) {
        expect(text).toMatch(/^[A-Z].*\w/)
        expect(code).toMatch(/^[a-z-]+$/)
        expect(expression).toMatch(/^[A-Z]/)
      }
    }),
    { numRuns: 1000 },
  )
})
