import { writeIdCard } from '@sokhoe/model'
import { openTestHouse } from './house.ts'
import { type Answers, code, HA, type ResidentAt, residentAt, text } from './resident.ts'
import { signedInWorker, type WorkerAt } from './worker.ts'

export const HA_NUMBER = '079161012345'

export const HA_WITH_NUMBER: Answers = {
  ...HA,
  'A.11': [text(HA_NUMBER)],
  'A.18.1': [text('12/3 Đường Số 4')],
  'A.18.2': [
    { valueCoding: { system: 'urn:sokhoe:codes:wards', code: '26911', display: 'Phường Bình Quới' } },
  ],
}

export const HA_CARD = {
  kind: 'cccd',
  idNumber: HA_NUMBER,
  oldIdNumber: null,
  name: 'Nguyễn Thị Thu Hà',
  birthDate: '1961-04-30',
  sex: 'female',
  address: '12/3 Đường Số 4, Phường 27, Bình Thạnh, TP. Hồ Chí Minh',
  issuedOn: '2021-04-22',
  warnings: [],
} as const

/** The text in the code of an identity card, Hà's with some fields changed. */
export const cardText = (changes: Partial<Record<keyof typeof HA_CARD, string | null>> = {}): string =>
  writeIdCard({ ...HA_CARD, ...changes } as Parameters<typeof writeIdCard>[0])

export const NAM: Answers = {
  'A.01': [text('Trần Văn Nam')],
  'A.02': [code('1')],
  'A.05': [{ valueDate: '1948' }],
}

/** A ward's station with its worker, and Hà of that ward, who has declared at home. */
export async function openStation({ role = 'station' as 'station' | 'station-lead', ward = '26911' } = {}) {
  const house = await openTestHouse()
  const worker = await signedInWorker(house, { role, ward })
  const ha = residentAt(house.app, '0912345678')
  await ha.scanAndSignIn()
  const declared = await ha.declare(HA_WITH_NUMBER)
  const person: string = declared.json().person
  return { ...house, worker, ha, person, ...deskOf(worker) }
}

/** What a worker does at the desk. */
export function deskOf(worker: WorkerAt) {
  const of = (person: string, what: string, body: object = {}) =>
    worker.ask('POST', `/api/station/people/${person}/${what}`, body)
  return {
    of,
    find: async (typed: string) => {
      const reply = await worker.ask('POST', '/api/station/find', { text: typed })
      return {
        reply,
        people: (reply.json().people ?? []) as { person: string; how: string; present?: string }[],
      }
    },
    waiting: async (after?: string) =>
      (await worker.ask('GET', `/api/station/waiting${after ? `?after=${after}` : ''}`)).json(),
  }
}

/** Somebody else with a telephone of her own. */
export async function another(
  app: Parameters<typeof residentAt>[0],
  phone: string,
  answers: Answers,
): Promise<ResidentAt & { person: string }> {
  const one = residentAt(app, phone)
  await one.scanAndSignIn()
  const reply = await one.declare(answers)
  return { ...one, person: reply.json().person }
}
