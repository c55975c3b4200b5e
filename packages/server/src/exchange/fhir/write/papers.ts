import {
  type DirectoryPut,
  type DirectoryStated,
  directoryId,
  newDirectoryNos,
  putInDirectory,
} from '../../../directory/index.ts'
import { keysOfIdentifiers } from '../keys.ts'
import { type Done, typeOf } from './deed.ts'
import type { Prepared } from './prepare.ts'
import { provenanceOf } from './provenance.ts'
import { changing, resolveWith, type Targets, urnOf, type Work } from './work.ts'

const inDirectory = ({ place }: Prepared): boolean => place.on === 'directory'

/** Which number in the directory each deed has or is given; and the last one for the Provenance, where there is any. */
export async function directoryNos({
  ctx,
  prepared,
}: Pick<Work, 'ctx' | 'prepared'>): Promise<ReadonlyMap<number, number>> {
  const deeds = [...prepared.entries()].filter(([, one]) => inDirectory(one))
  const isNew = deeds.filter(([, { deed }]) => deed.kind === 'create')
  const taken = await newDirectoryNos(ctx, isNew.length)
  const nos = new Map(isNew.map(([at], i) => [at, taken[i] ?? 0]))
  for (const [at, { deed }] of deeds) if (deed.kind !== 'create') nos.set(at, deed.key.no)
  return nos
}

/** Where the directory's part of a message will lie. */
export const directoryTargets = ({ ctx, prepared, nos }: Work): Targets =>
  new Map(
    [...nos].flatMap(([at, no]): [string, string][] => {
      const deed = prepared[at]?.deed
      return deed ? [[urnOf(deed, at), `${typeOf(deed)}/${directoryId(ctx, no)}`]] : []
    }),
  )

function statedOf(
  work: Work,
  { deed, resource, place }: Prepared,
  no: number,
  targets: readonly Targets[],
): DirectoryStated {
  const { ctx, client } = work
  const { ifVersion } = changing(deed)
  return {
    no,
    isNew: deed.kind === 'create',
    source: client.facility,
    type: typeOf(deed),
    alone: place.on === 'directory' && place.alone,
    ...(ifVersion !== undefined && { ifVersion }),
    ...(resource && {
      resource: resolveWith(...targets)(resource),
      tokens: keysOfIdentifiers(ctx.keys, resource),
    }),
  }
}

async function provenance(work: Work, directory: Targets): Promise<DirectoryStated> {
  const { ctx, client, message } = work
  const [no = 0] = await newDirectoryNos(ctx, 1)
  const resource = provenanceOf(client, message, [...directory.values()], ctx.now())
  return { no, isNew: true, source: client.facility, type: resource.resourceType, alone: true, resource }
}

const doneOf = (type: string, { id, version, at, text }: DirectoryPut): Done => ({
  type,
  id,
  version,
  lastUpdated: at.toISOString(),
  bytes: text,
})

/** Puts everything that is about nobody, or for its sender alone, and one Provenance of it. */
export async function putPapers(
  work: Work,
  directory: Targets,
  shelves: Targets,
): Promise<ReadonlyMap<number, Done>> {
  const { ctx, prepared, nos } = work
  if (nos.size === 0) return new Map()
  const deeds = [...nos].flatMap(([at, no]) => {
    const one = prepared[at]
    return one ? [{ at, no, one }] : []
  })
  const stated = deeds.map(({ one, no }) => statedOf(work, one, no, [directory, shelves]))
  const put = await putInDirectory(ctx, [...stated, await provenance(work, directory)])
  return new Map(
    deeds.flatMap(({ at, one }, i): [number, Done][] => {
      const each = put[i]
      return each ? [[at, doneOf(typeOf(one.deed), each)]] : []
    }),
  )
}
