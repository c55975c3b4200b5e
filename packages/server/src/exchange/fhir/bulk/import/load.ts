import type { Client, Context } from '../../../../platform/context.ts'
import { Problem } from '../../../../platform/problem.ts'
import { grantedTo } from '../../../clients/operator.ts'
import { clientNamed } from '../../../clients/registry.ts'
import { filesIn, readDocument } from './folder.ts'
import { groupsOf, inOrder, parts, readLines } from './groups.ts'
import { type Refused, refusedText } from './said.ts'
import { closeIndex, indexOf, type Lines, stretches } from './sorting.ts'
import { type Group, takeGroups } from './take.ts'

/** Resources in one transaction. */
const MOST = 1000
/** How a load stands. */
export interface Loaded {
  readonly resources: number
  readonly known: number
  readonly refused: number
}

export interface Loading {
  /** Whose files they are: a client's name. */
  readonly client: string
  /** Where the house is reached, without a slash at the end. */
  readonly publicUrl: string
  /** Told of lines that were not taken, each as an OperationOutcome. */
  readonly onRefused: (outcomes: readonly string[]) => void
  readonly onProgress: (loaded: Loaded) => void
}

/** Documents, as many as fill a transaction. */
async function* documentsOf(folder: string, names: readonly string[]): AsyncGenerator<Lines> {
  for (const name of names) yield [[await readDocument(folder, name), { file: name, line: 1 }]]
}

const isTheirs = ([first]: Group): boolean => first.patient !== undefined
const isNobodys = (group: Group): boolean => !isTheirs(group)

function counting({ onProgress, onRefused }: Loading) {
  let loaded: Loaded = { resources: 0, known: 0, refused: 0 }
  return {
    now: () => loaded,
    add: (resources: number, known: number, refused: readonly Refused[]): void => {
      loaded = {
        resources: loaded.resources + resources,
        known: loaded.known + known,
        refused: loaded.refused + refused.length,
      }
      if (refused.length > 0) onRefused(refused.map(refusedText))
      onProgress(loaded)
    },
  }
}

/** @throws {Problem} client.unknown, also for a suspended one */
async function clientOf(ctx: Context, name: string): Promise<Client> {
  const { no, id, facility, operator, scopes, suspended_at } = await clientNamed(ctx, name)
  if (suspended_at !== null) throw new Problem('client.unknown')
  return { kind: 'client', no, id, facility, operator, scopes: grantedTo(scopes) }
}

/**
 * Loads a folder of FHIR files of one source: ndjson of any types, and Bundles, packed or not. Resources are brought
 * together by their Patient, wherever they lie, and taken as messages of that source. What was loaded before is found
 * again and changes nothing: a load that was cut off is simply begun anew.
 *
 * Memory: 20 bytes a line and one name a Patient, besides what is read at once.
 */
export async function loadFolder(ctx: Context, folder: string, loading: Loading): Promise<Loaded> {
  const client = await clientOf(ctx, loading.client)
  const base = `${loading.publicUrl}/fhir/R4`
  const as: Context = { ...ctx, actor: client }
  const counted = counting(loading)
  const take = async (lines: Lines, wanted: (group: Group) => boolean): Promise<void> => {
    const refused: Refused[] = []
    const said = readLines(as, lines, (one) => refused.push(one))
    const groups = inOrder(groupsOf(said)).filter(wanted)
    // Bundles are read twice: what is wrong with them is told once
    if (wanted !== isTheirs) counted.add(0, 0, refused)
    for (const part of parts(groups, MOST)) {
      const save = async (): Promise<void> => undefined
      const taken = await takeGroups(as, { client, base, purpose: 'TREAT', save }, part)
      counted.add(taken.resources, taken.known, taken.refused)
    }
  }
  const { lines, documents } = await filesIn(folder)
  const index = await indexOf(folder, lines)
  // what others refer to lies in Bundles too: it comes before everybody who refers to it
  for await (const one of documentsOf(folder, documents)) await take(one, isNobodys)
  for await (const stretch of stretches(index)) await take(stretch, () => true)
  for await (const one of documentsOf(folder, documents)) await take(one, isTheirs)
  await closeIndex(index)
  return counted.now()
}
