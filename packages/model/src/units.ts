/** Units of laboratory results that our laboratories use side by side, and the factors between them. */

/** g/mol, from the formula of each substance (IUPAC standard atomic weights). */
const MOLAR_MASS = { glucose: 180.156, cholesterol: 386.65, creatinine: 113.12, urate: 168.11 } as const

/** Triglycerides are a mixture: laboratories agree on that of triolein, g/mol. */
const TRIOLEIN = 885.43

/** What a LOINC code measures in moles, its twin that measures the same in mass, and mg/dL in one of the unit. */
const TWINS: readonly (readonly [moles: string, mass: string, unit: string, mgPerDl: number])[] = [
  ['14749-6', '2345-7', 'mmol/L', MOLAR_MASS.glucose / 10],
  ['14682-9', '2160-0', 'umol/L', MOLAR_MASS.creatinine / 10_000],
  ['14647-2', '2093-3', 'mmol/L', MOLAR_MASS.cholesterol / 10],
  ['14646-4', '2085-9', 'mmol/L', MOLAR_MASS.cholesterol / 10],
  ['14927-8', '2571-8', 'mmol/L', TRIOLEIN / 10],
  ['14933-6', '3084-1', 'umol/L', MOLAR_MASS.urate / 10_000],
]

const A1C = { ngsp: '4548-4', ifcc: '59261-8' } as const

/** The code under which a series stands: both twins of a pair are one measured thing. */
export function seriesCode(loinc: string): string {
  if (loinc === A1C.ifcc) return A1C.ngsp
  return TWINS.find(([, mass]) => mass === loinc)?.[0] ?? loinc
}

/** Every code of a series, its own first. */
export function codesOfSeries(code: string): string[] {
  const twin = TWINS.find(([moles]) => moles === code)?.[1]
  return [code, ...(twin ? [twin] : []), ...(code === A1C.ngsp ? [A1C.ifcc] : [])]
}

/** Ways in which one unit is written. */
const SPELLINGS: Readonly<Record<string, string>> = {
  'µmol/L': 'umol/L',
  'μmol/L': 'umol/L',
  mmHg: 'mm[Hg]',
  '°C': 'Cel',
  'G/L': '10*9/L',
  'T/L': '10*12/L',
}
export const plainUnit = (unit: string): string => SPELLINGS[unit] ?? unit

/**
 * A result in the unit of its series.
 *
 * @param code of the series, see {@link seriesCode}
 * @param unit as written, UCUM or a usual spelling of it
 * @param into unit of the series, UCUM
 * @returns not rounded; the same number where the units are the same; undefined where no sourced factor leads there
 *
 * @example
 * converted('14749-6', 126, 'mg/dL', 'mmol/L') // 6.9939…
 *
 * @see molar masses above; HbA1c: the NGSP/IFCC master equation, NGSP = 0.09148 · IFCC + 2.152 (ngsp.org)
 */
export function converted(code: string, value: number, unit: string, into: string): number | undefined {
  const [from, to] = [plainUnit(unit), plainUnit(into)]
  if (from === to) return value
  if (code === A1C.ngsp && from === 'mmol/mol' && to === '%') return 0.09148 * value + 2.152
  const twin = TWINS.find(([moles, , own]) => moles === code && own === to)
  return twin && from === 'mg/dL' ? value / twin[3] : undefined
}
