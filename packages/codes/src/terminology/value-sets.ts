import { once } from '../csv.ts'
import { formValueSets } from './form-systems.ts'
import { ICD10 } from './icd10-systems.ts'
import { ALLERGEN, ATC, CVX, LAB_TEST, LOINC, VACCINE } from './list-systems.ts'
import type { System, ValueSet } from './system.ts'
import { inForce, versionsOf, type Which } from './systems.ts'
import { WARDS } from './ward-systems.ts'

/** All that is coded with a system, version by version. */
function wholeSystem(url: string, name: string): ValueSet[] {
  return versionsOf(url).map(({ id, version, from, to, title, english }: System) => ({
    id,
    url: `urn:sokhoe:valueset:${name}`,
    ...(version !== undefined && { version }),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    title,
    english,
    include: [{ system: url, ...(version !== undefined && { version }) }],
  }))
}

/** Every value set of this package, each version by itself, oldest first. */
export const allValueSets = once((): readonly ValueSet[] => [
  ...wholeSystem(ICD10, 'icd-10'),
  ...wholeSystem(LOINC, 'loinc'),
  ...wholeSystem(LAB_TEST, 'lab-test'),
  ...wholeSystem(ATC, 'atc'),
  ...wholeSystem(VACCINE, 'vaccine'),
  ...wholeSystem(CVX, 'cvx'),
  ...wholeSystem(ALLERGEN, 'allergen'),
  ...wholeSystem(WARDS, 'wards'),
  ...formValueSets(),
])

/** The form names its list of wards by the code system's own address: both are answered. */
const ALSO: Readonly<Record<string, string>> = { [WARDS]: 'urn:sokhoe:valueset:wards' }

const byUrl = once(() => Map.groupBy(allValueSets(), ({ url }) => url))

/** @returns undefined where there is no such value set or no such version */
export function valueSetOf(url: string, { version, day }: Which): ValueSet | undefined {
  const versions = byUrl().get(ALSO[url] ?? url) ?? []
  return version === undefined ? inForce(versions, day) : versions.find((one) => one.version === version)
}
