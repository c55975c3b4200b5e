import { dayInVietnam } from '@sokhoe/model/dates'
import { type MadePatient, type StatedPatient, statePatients } from '../../../identity/index.ts'
import type { Context } from '../../../platform/context.ts'
import { type Kept, shareCommits } from '../../../platform/sharing.ts'
import { putEach } from '../../../record/index.ts'
import type { Deed, Done, Message } from './deed.ts'
import { clientOf, type Preparation, type Prepared } from './prepare.ts'
import { arrivalsOf, shelvedAt } from './shelves.ts'
import { deathIn, statedPatientOf } from './who.ts'
import { isPatient, type Targets, type Work } from './work.ts'

/** What became of a message. */
export interface Performed {
  /** In the order of its deeds. */
  readonly done: readonly Done[]
  readonly made: Work['made']
}

type Entry = readonly [at: number, one: Prepared]

export const patientsIn = (prepared: readonly Prepared[], kind: Deed['kind']): Entry[] =>
  [...prepared.entries()].filter(([, { deed }]) => deed.kind === kind && isPatient(deed))

/** Patients first: what speaks of them needs their shelves. */
export const createdPatients = (prepared: readonly Prepared[]): Entry[] => patientsIn(prepared, 'create')

export function statedIn(ctx: Context, creating: readonly Entry[]): StatedPatient[] {
  const { facility } = clientOf(ctx)
  return creating.flatMap(([, { resource }]) =>
    resource ? [statedPatientOf(resource, facility, dayInVietnam(ctx.now()))] : [],
  )
}

export const madeBy = (creating: readonly Entry[], made: readonly MadePatient[]): Work['made'] =>
  new Map(creating.flatMap(([at], i) => (made[i] ? [[at, made[i]] as const] : [])))

export const doneIn = (prepared: readonly Prepared[], ...all: readonly ReadonlyMap<number, Done>[]): Done[] =>
  prepared.map((_, at) => {
    const one = all.map((some) => some.get(at)).find((some) => some !== undefined)
    if (!one) throw new RangeError('a deed that was not done')
    return one
  })

interface Job {
  readonly message: Message
  readonly preparation: Preparation
}

/** What is read of a message before its turn. */
interface Reading extends Job {
  readonly creating: readonly Entry[]
  readonly stated: readonly StatedPatient[]
}

const NOWHERE: Targets = new Map()

/** Shelves alone, begun by new Patients or there already: what else a message may want, it wants by itself. */
const mayShare = ({ prepared }: Preparation): boolean =>
  prepared.length <= MOST_DEEDS &&
  prepared.every(
    ({ deed, place, resource }) =>
      place.on === 'shelf' &&
      (!isPatient(deed) ||
        (deed.kind === 'create' && resource !== undefined && deathIn(resource) === undefined)),
  )

/** A message that is long costs more by itself than sharing saves. */
const MOST_DEEDS = 100
/** Deeds of one commit. */
const MOST_TOGETHER = 400

/**
 * Several messages in one transaction: who is new is looked for and made for all at once, then everything is put, each
 * message as if it had come by itself behind those before it. Where one of them can not be kept, none is.
 */
async function keep(
  ctx: Context,
  jobs: readonly { readonly ctx: Context; readonly job: Reading }[],
): Promise<Kept<Performed>> {
  const made = await statePatients(
    ctx,
    jobs.flatMap(({ job }) => job.stated),
  )
  // who they are travels while the shelves are written
  await new Promise((resolve) => setImmediate(resolve))
  let taken = 0
  const works = jobs.map(({ ctx: own, job }): Work => {
    const { message, preparation, creating, stated } = job
    taken += stated.length
    return {
      ctx: { ...own, db: ctx.db },
      client: clientOf(own),
      message,
      ...preparation,
      made: madeBy(creating, made.slice(taken - stated.length, taken)),
      nos: new Map(),
    }
  })
  const arriving = await Promise.all(works.map((work) => arrivalsOf(work, NOWHERE)))
  const put = await putEach(
    ctx,
    works.map(({ ctx }, i) => ({ ctx, arrivals: arriving[i]?.arrivals ?? [] })),
  )
  const outcomes = works.map(({ prepared, made }, i) => {
    const [one, results] = [arriving[i], put[i]]
    if (!one || !results) throw new RangeError('a message without its results')
    return { is: 'kept', result: { done: doneIn(prepared, shelvedAt(one, results)), made } } as const
  })
  return { outcomes, committed: () => undefined }
}

const share = shareCommits<Reading, Performed>({ most: MOST_TOGETHER, keep })

/**
 * Messages that make Patients and come at about the same time share one transaction.
 * @param apart does this one in a transaction of its own
 */
export async function performTogether(
  ctx: Context,
  job: Job,
  apart: () => Promise<Performed>,
): Promise<Performed> {
  const { preparation } = job
  if (ctx.db.isTransaction || !mayShare(preparation)) return await apart()
  const creating = createdPatients(preparation.prepared)
  const reading = { ...job, creating, stated: statedIn(ctx, creating) }
  return await share(ctx, reading, preparation.prepared.length, apart)
}
