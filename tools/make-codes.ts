import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseCsv } from '../packages/codes/src/csv.ts'

/**
 * Makes packages/codes/data from a folder of source tables: `node tools/make-codes.ts SOURCE_FOLDER`.
 * It only leaves out columns and rows that nothing looks up; docs/data-card.md says which.
 */
type Row = Record<string, string>

const DATA = new URL('../packages/codes/data/', import.meta.url)

const KEPT: Record<string, readonly string[]> = {
  'admin-units.csv': [
    'code',
    'name_vi',
    'name_en',
    'type_vi',
    'level',
    'parent_code',
    'valid_from',
    'valid_to',
    'population',
    'lat',
    'lon',
  ],
  'admin-unit-succession.csv': ['old_code', 'new_code', 'effective', 'kind'],
  'facilities-hcmc.csv': ['local_id', 'name_vi', 'tier', 'kind', 'street', 'ward_code_2025'],
  'icd10-chapters-blocks.csv': ['kind', 'id', 'range', 'vi', 'chapter'],
  'names-family.csv': ['family_name', 'count'],
  'names-given.csv': ['given_name', 'students_count', 'lean'],
  'names-male-pairs.csv': ['middle_given'],
  'names-female-pairs.csv': ['middle_given'],
  'population-age-sex-hcmc.csv': ['age_band', 'male_pct_of_total', 'female_pct_of_total'],
  'prevalence.csv': ['condition', 'sex', 'age_band', 'percent', 'basis'],
  'seasonality-hcmc.csv': [
    'disease',
    'mean_cases_per_year',
    ...Array.from({ length: 12 }, (_, month) => `m${String(month + 1).padStart(2, '0')}`),
  ],
  'allergens.csv': ['code', 'kind', 'name_vi', 'name_en', 'atc_prefixes'],
  'vaccines.csv': ['code', 'name_vi', 'name_en', 'cvx', 'atc', 'doses', 'target_icd10'],
  'medicines.csv': ['name_vi', 'inn_en', 'atc', 'moh_code'],
  'lab-tests.csv': [
    'code',
    'group',
    'name_vi',
    'name_en',
    'loinc',
    'ucum',
    'ref_low_male',
    'ref_high_male',
    'ref_low_female',
    'ref_high_female',
    'result_type',
    'loinc_verified_by',
  ],
}

const ICD_FLAGS = [
  ['not_principal', 'n'],
  ['discouraged_principal', 'd'],
  ['has_more_specific', 's'],
  ['death_only', 'x'],
  ['female_only', 'f'],
  ['male_only', 'm'],
] as const

const MARKS: Record<string, string> = { '': '', '†': '+', '*': '*' }

function read(folder: string, file: string): Row[] {
  const [head = [], ...lines] = parseCsv(readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n'))
  return lines.map((line) => Object.fromEntries(head.map((name, at) => [name, line[at] ?? ''])))
}

const quote = (field: string): string => (/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field)

function write(file: string, columns: readonly string[], rows: readonly Row[]): void {
  const lines = [columns, ...rows.map((row) => columns.map((name) => row[name] ?? ''))]
  writeFileSync(new URL(file, DATA), `${lines.map((line) => line.map(quote).join(',')).join('\n')}\n`)
}

/** Chapter and block follow from the code, so they are left out of the row. */
function icd10Row(row: Row): Row {
  const lists = `${row['in_qd4469'] === '1' ? 'q' : ''}${row['in_tt06'] === '1' ? 't' : ''}`
  const flags = ICD_FLAGS.map(([name, letter]) => (row[name] === '1' ? letter : '')).join('')
  return {
    code: row['code'] ?? '',
    mark: MARKS[row['mark'] ?? ''] ?? '',
    vi: row['vi'] ?? '',
    lists,
    flags,
    notifiable: row['notifiable_group'] ?? '',
  }
}

/** G11 to G14 stand in a block that the older list called G10-G13. */
const block = (row: Row): Row => (row['id'] === 'G10-G13' ? { ...row, id: 'G10-G14', range: 'G10-G14' } : row)

const NAME = /^(family|given)_name$|^middle_given$/

/** Two given names of the list begin small. */
function capitalName(row: Row): Row {
  const fields = Object.entries(row).map(([name, field]) =>
    NAME.test(name) ? [name, field.replace(/(?<= |^)./gu, (first) => first.toUpperCase())] : [name, field],
  )
  return Object.fromEntries(fields)
}

/** One counted name is broken by its old font encoding ("Buøi" for "Bùi"). */
const cleanName = (row: Row): boolean => !/[øûéï]/.test(row['family_name'] ?? '')

function main(folder: string): void {
  mkdirSync(DATA, { recursive: true })
  for (const [file, columns] of Object.entries(KEPT)) {
    const rows = read(folder, file).filter(cleanName).map(capitalName)
    write(file, columns, file === 'icd10-chapters-blocks.csv' ? rows.map(block) : rows)
  }
  const icd10 = read(folder, 'icd10-vn.csv').map(icd10Row)
  write('icd10-vn.csv', ['code', 'mark', 'vi', 'lists', 'flags', 'notifiable'], icd10)
}

const [folder] = process.argv.slice(2)
if (folder) main(folder)
else process.exitCode = 64
