import { wardWritten } from '@sokhoe/codes'
import type { FhirResource } from '@sokhoe/fhir'
import {
  readIdNumber,
  readInsuranceNumber,
  readOldIdNumber,
  readPassport,
  readSocialInsurance,
} from '@sokhoe/model'
import type { EndedNumber, OwnNumber, StatedIdentifier, StatedPatient } from '../../../identity/index.ts'
import { isObject } from '../parameters.ts'

type Json = Readonly<Record<string, unknown>>

const objectsIn = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : [])
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** An address that ends in the name of a national number, however it begins. */
const NATIONAL = /(?:^|[/:#.])(cccd|cmnd|bhxh|bhyt|insurance|passport|passport-vnm)$/i
/** HL7's code for a national number of Viet Nam. */
const NATIONAL_OF_VIETNAM = 'NNVNM'
/** HL7's code for a medical record number. */
const MEDICAL_RECORD = 'MR'

const typeCodesOf = ({ type }: Json): (string | undefined)[] =>
  isObject(type) ? objectsIn(type['coding']).map(({ code }) => textOf(code)) : []

function nationalNameOf(identifier: Json): string | undefined {
  const named = NATIONAL.exec(textOf(identifier['system']) ?? '')?.[1]?.toLowerCase()
  return named ?? (typeCodesOf(identifier).includes(NATIONAL_OF_VIETNAM) ? 'cccd' : undefined)
}

const insurance = (value: string): StatedIdentifier[] => {
  const card = readInsuranceNumber(value)
  if (!card.ok) return []
  return [{ system: card.form === 'short' ? 'bhxh' : 'bhyt', value: card.number }]
}

const READERS: Readonly<Record<string, (value: string) => StatedIdentifier[]>> = {
  cccd: (value) => {
    const number = readIdNumber(value)
    return number.ok ? [{ system: 'cccd', value: number.number }] : []
  },
  cmnd: (value) => {
    const number = readOldIdNumber(value)
    return number.ok ? [{ system: 'cmnd', value: number.number }] : []
  },
  bhxh: (value) => {
    const number = readSocialInsurance(value)
    if (!number.ok) return []
    return [{ system: number.kind === 'identity' ? 'cccd' : 'bhxh', value: number.number }]
  },
  bhyt: insurance,
  insurance,
  passport: (value) => {
    const number = readPassport(value)
    return number.ok && number.kind === 'vietnamese' ? [{ system: 'passport', value: number.number }] : []
  },
}

/** The last day of a number's validity, YYYY-MM-DD; undefined where none of that precision is told. */
function endOf({ period }: Json): string | undefined {
  const end = isObject(period) ? textOf(period['end'])?.slice(0, 10) : undefined
  return end?.length === 10 ? end : undefined
}

/** A number of before: said to be one, or over by its own period. */
const isOver = (identifier: Json, today: string): boolean =>
  identifier['use'] === 'old' || (endOf(identifier) ?? today) < today

/** National numbers, as far as they are well formed: what is no such number joins nobody. */
function nationalOf(identifiers: readonly Json[]): StatedIdentifier[] {
  const read = identifiers.flatMap((identifier) => {
    const name = nationalNameOf(identifier)
    const value = textOf(identifier['value'])
    const reader = name && READERS[name.replace('-vnm', '')]
    return reader && value !== undefined ? reader(value) : []
  })
  return [...new Map(read.map((one) => [`${one.system} ${one.value}`, one])).values()]
}

/** National numbers of before: they tell who she was, and nobody is joined by them alone. */
const endedOf = (identifiers: readonly Json[]): EndedNumber[] =>
  identifiers.flatMap((identifier) => {
    const until = endOf(identifier)
    return nationalOf([identifier]).map((one) => ({ ...one, ...(until !== undefined && { until }) }))
  })

/** What a hospital gives as the number of its own records. */
const ownOf = (identifiers: readonly Json[]): OwnNumber[] =>
  identifiers.flatMap((identifier) => {
    const [system, value] = [textOf(identifier['system']) ?? '', textOf(identifier['value'])]
    const isOwn = typeCodesOf(identifier).includes(MEDICAL_RECORD)
    return isOwn && value !== undefined ? [{ system, value }] : []
  })

const partsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((part) => typeof part === 'string') : []

/** The official name first; as a whole where it stands so, else family before given, as names are said here. */
function nameOf(names: readonly Json[]): string {
  const name = names.find(({ use }) => use === 'official') ?? names[0]
  if (!name) return ''
  return textOf(name['text']) ?? [textOf(name['family']), ...partsOf(name['given'])].filter(Boolean).join(' ')
}

const WARD = 'urn:sokhoe:ext:ward'
const WARD_CODE = /^\d{5}$/

/** The code of a ward as our own extension of an address says it. */
function wardCodeIn(address: Json): string | undefined {
  for (const { url, valueCode, valueCoding } of objectsIn(address['extension'])) {
    const code = textOf(valueCode) ?? (isObject(valueCoding) ? textOf(valueCoding['code']) : undefined)
    if (url === WARD && code !== undefined && WARD_CODE.test(code)) return code
  }
  return undefined
}

/** Where she lives: as a code says it, else as an address of any day names it, where its ground went to one ward. */
function wardOf(addresses: readonly Json[]): string | undefined {
  const code = addresses.map(wardCodeIn).find((each) => each !== undefined)
  const [home] = addresses
  if (code !== undefined || !home) return code
  const today = wardWritten(writtenOut(home))?.today
  return today?.length === 1 ? today[0]?.code : undefined
}

/** As one text: how it is written where it is, else its parts from the house to the province. */
function writtenOut({ text, line, district, city, state }: Json): string {
  const parts = [...partsOf(line), textOf(district), textOf(city), textOf(state)]
  return textOf(text) ?? parts.filter((part) => part !== undefined).join(', ')
}

/** Telephones as they are written; faxes and addresses of mail are none. */
const telephonesOf = (telecoms: readonly Json[]): string[] =>
  telecoms.flatMap(({ system, value }) => {
    const isTelephone = system === undefined || system === 'phone' || system === 'sms'
    return isTelephone && typeof value === 'string' ? [value] : []
  })

/** Of several births on one day; a single one and no word of it are two things. */
function multipleBirthOf({ multipleBirthBoolean, multipleBirthInteger }: Json): boolean | undefined {
  if (typeof multipleBirthBoolean === 'boolean') return multipleBirthBoolean
  return multipleBirthInteger === undefined ? undefined : true
}

/** More than anybody bears: whoever states thousands tells of nobody, and others would wait for each of them. */
const MOST_NUMBERS = 40
const LONGEST_NAME = 250
const LONGEST_ADDRESS = 500

const SEXES = ['male', 'female', 'other'] as const

/**
 * Who a Patient resource says somebody is, as far as the index of persons asks.
 * @param today YYYY-MM-DD in Vietnam
 */
export function statedPatientOf(resource: FhirResource, source: string, today: string): StatedPatient {
  const told = objectsIn(resource['identifier']).slice(0, MOST_NUMBERS)
  const over = told.filter((one) => isOver(one, today))
  const identifiers = told.filter((one) => !isOver(one, today))
  const ended = endedOf(over)
  const addresses = objectsIn(resource['address'])
  const address = textOf(addresses[0]?.['text'])?.slice(0, LONGEST_ADDRESS)
  const ward = wardOf(addresses)
  const multipleBirth = multipleBirthOf(resource)
  return {
    source,
    demographics: {
      name: nameOf(objectsIn(resource['name'])).slice(0, LONGEST_NAME),
      sex: SEXES.find((sex) => sex === resource['gender']) ?? 'unknown',
      birthDate: textOf(resource['birthDate']) ?? '',
      identifiers: nationalOf(identifiers),
      ...(ended.length > 0 && { ended }),
      ...(address !== undefined && { address }),
      ...(multipleBirth !== undefined && { multipleBirth }),
    },
    ownNumbers: ownOf(identifiers),
    telephones: telephonesOf(objectsIn(resource['telecom'])),
    ...(ward !== undefined && { ward }),
  }
}

/** @returns the day of a death of any precision, null for a death without its day, undefined for none */
export function deathIn({ deceasedBoolean, deceasedDateTime }: FhirResource): string | null | undefined {
  if (typeof deceasedDateTime === 'string') return deceasedDateTime.slice(0, 10)
  return deceasedBoolean === true ? null : undefined
}
