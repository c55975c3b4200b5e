import { dayInVietnam } from '@sokhoe/model/dates'
import { note } from '../../../audit/index.ts'
import { noteDeaths, restatePatient, statePatients } from '../../../identity/index.ts'
import { type Context, inTransaction } from '../../../platform/context.ts'
import { rememberDataKey } from '../../../platform/datakeys.ts'
import { type Deed, type Done, type Message, typeOf } from './deed.ts'
import { directoryNos, directoryTargets, putPapers } from './papers.ts'
import { clientOf, type Preparation, type Prepared, prepare } from './prepare.ts'
import { putOnShelves } from './shelves.ts'
import {
  createdPatients,
  doneIn,
  madeBy,
  type Performed,
  patientsIn,
  performTogether,
  statedIn,
} from './together.ts'
import { deathIn, statedPatientOf } from './who.ts'
import { isPatient, urnOf, type Work } from './work.ts'

async function makePatients(ctx: Context, prepared: readonly Prepared[]): Promise<Work['made']> {
  const creating = createdPatients(prepared)
  return madeBy(creating, await statePatients(ctx, statedIn(ctx, creating)))
}

async function restatePatients(ctx: Context, prepared: readonly Prepared[]): Promise<void> {
  const { facility } = clientOf(ctx)
  for (const [, { deed, resource }] of patientsIn(prepared, 'update'))
    if (resource && deed.kind === 'update' && deed.key.patientId > 0)
      await restatePatient(ctx, {
        ...statedPatientOf(resource, facility, dayInVietnam(ctx.now())),
        patientId: deed.key.patientId,
      })
}

/** That somebody has died closes nothing: the station of her ward is asked. */
async function tellDeaths(ctx: Context, prepared: readonly Prepared[], made: Work['made']): Promise<void> {
  const { facility: source } = clientOf(ctx)
  const said = [...prepared.entries()].flatMap(([at, { deed, resource }]) => {
    if (!resource || !isPatient(deed)) return []
    const [patientId, diedOn] = [
      deed.kind === 'update' ? deed.key.patientId : made.get(at)?.patientId,
      deathIn(resource),
    ]
    // of a new Patient nobody has said it before
    if (patientId === undefined || (deed.kind === 'create' && diedOn === undefined)) return []
    return [{ patientId, source, diedOn }]
  })
  await noteDeaths(ctx, said)
}

async function carryOut(
  ctx: Context,
  message: Message,
  { prepared, reaches }: Preparation,
): Promise<Performed> {
  const made = await makePatients(ctx, prepared)
  await restatePatients(ctx, prepared)
  await tellDeaths(ctx, prepared, made)
  const nos = await directoryNos({ ctx, prepared })
  const work: Work = { ctx, client: clientOf(ctx), message, prepared, reaches, made, nos }
  const directory = directoryTargets(work)
  const shelved = await putOnShelves(work, directory)
  const shelves = new Map(
    [...shelved].flatMap(([at, { type, id }]): [string, string][] => {
      const deed = prepared[at]?.deed
      return deed ? [[urnOf(deed, at), `${type}/${id}`]] : []
    }),
  )
  const papers = await putPapers(work, directory, shelves)
  return { done: doneIn(prepared, shelved, papers), made }
}

/** The record keeps all of it or nothing by itself, in a commit that it shares with what arrives beside. */
const onShelvesAlone = ({ prepared }: Preparation): boolean =>
  prepared.every(({ deed, place }) => place.on === 'shelf' && !isPatient(deed))

/** What is about nobody is written down on the chain of this process. */
async function noteDirectory(ctx: Context, prepared: readonly Prepared[]): Promise<void> {
  const types = new Set(
    prepared.filter(({ place }) => place.on === 'directory').map(({ deed }) => typeOf(deed)),
  )
  await Promise.all([...types].map((what) => note(ctx, { action: 'exchange.write', what })))
}

export interface Performing {
  /** Of this server, without a slash at the end. */
  readonly base: string
  /** Looks in the open transaction whether what the deeds rest on still holds; whatever it throws undoes all. */
  readonly guard?: (inner: Context) => Promise<void>
}

/**
 * Does all that a message wants, or nothing of it, in one transaction: Patients are made or restated, every resource is
 * put on its Patient's shelf or in the directory, references within the message are resolved, and a Provenance is kept
 * beside them. Resources have been found valid; whether what is changed belongs to the sender was asked before.
 *
 * @returns in the order given
 * @throws {Problem} fhir.scope: who asks is no facility's program; fhir.unknown-patient; fhir.invalid;
 *   record.version-conflict and fhir.version-conflict: another version stands by now
 */
export async function perform(
  ctx: Context,
  deeds: readonly Deed[],
  message: Message,
  { base, guard }: Performing,
): Promise<readonly Done[]> {
  clientOf(ctx)
  const preparation = await prepare(ctx, deeds, base)
  const all = async (inner: Context) => {
    await guard?.(inner)
    return await carryOut(inner, message, preparation)
  }
  const apart = () => inTransaction(ctx, all)
  const { done, made } = guard
    ? await apart()
    : onShelvesAlone(preparation)
      ? await all(ctx)
      : await performTogether(ctx, { message, preparation }, apart)
  // inside somebody's transaction they may still vanish, and others take their numbers
  if (!ctx.db.isTransaction)
    for (const { patientId, newDataKey } of made.values()) rememberDataKey(ctx, patientId, newDataKey)
  await noteDirectory(ctx, preparation.prepared)
  return done
}
