import { paperRoutes } from '../packages/server/src/book/index.ts'
import { openBook } from '../packages/server/src/identity/index.ts'
import type { Context, Resident } from '../packages/server/src/platform/context.ts'
import { openHttp } from '../packages/server/src/platform/http.ts'
import { put } from '../packages/server/src/record/index.ts'
import { type Figure, figure, median } from './figure.ts'
import { openBench } from './house.ts'
import { patientStated, visitOf } from './resources.ts'

const RESOURCES = 400
const A_VISIT = 20
const TURNS = 9
const MOST_SECONDS = 2
const PHONE = Buffer.alloc(32, 7)

/** A book of so many resources, as a hospital's visits make it. */
async function makeBook(ctx: Context): Promise<number> {
  const demographics = {
    name: 'Nguyễn Thị Thu Hà',
    sex: 'female',
    birthDate: '1961-04-30',
    identifiers: [],
  } as const
  const { home, patientId, newDataKey } = await openBook(ctx, {
    phoneHash: PHONE,
    relation: 'self',
    level: 'verified',
    source: 'self',
    ward: '26911',
    demographics,
  })
  const first = { patientId, newDataKey, source: 'self', kind: 'declaration' }
  await put(ctx, { ...first, resources: [patientStated(demographics.name)] })
  for (let visit = 0; visit * A_VISIT < RESOURCES; visit++)
    await put(ctx, { patientId, source: '79001', kind: 'visit', resources: visitOf(visit + 1, A_VISIT) })
  return home
}

const residentOf = (home: number): Resident => ({
  kind: 'resident',
  account: 1,
  phoneHash: PHONE,
  session: Buffer.alloc(32),
  proven: true,
  opened: true,
  epoch: 0,
  campaign: null,
  books: [home],
  proxies: [],
  acting: null,
  locked: [],
  arriving: [],
})

/** The whole book on paper, from the request to the last page: read, put into words, drawn, its code kept. */
export async function* printPart(): AsyncGenerator<Figure> {
  const { ctx, close } = await openBench(4)
  const home = await makeBook(ctx)
  const app = await openHttp({
    base: ctx,
    mode: 'test',
    trustProxy: undefined,
    whoIs: async () => residentOf(home),
    rooms: [paperRoutes('https://sokhoe.example')],
  })
  try {
    const seconds: number[] = []
    for (let turn = 0; turn < TURNS; turn++) {
      const start = performance.now()
      const reply = await app.inject('/api/books/own/print.pdf')
      if (reply.statusCode !== 200) throw new Error(reply.body)
      seconds.push((performance.now() - start) / 1000)
    }
    const name = `PDF of a book of ${RESOURCES} resources`
    yield figure({
      name: `${name}, the first`,
      value: seconds[0] ?? Number.NaN,
      unit: 's',
      goal: { atMost: MOST_SECONDS },
    })
    yield figure({
      name: `${name}, median`,
      value: median(seconds),
      unit: 's',
      goal: { atMost: MOST_SECONDS },
    })
  } finally {
    await app.close()
    await close()
  }
}
