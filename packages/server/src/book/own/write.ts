import { type FhirResource, parseJson } from '@sokhoe/fhir'
import { isOpenTo } from '@sokhoe/model/topics'
import { holdProxy, type ResidentAction } from '../../access/index.ts'
import { noteRefusal } from '../../audit/index.ts'
import {
  type Book,
  enterBook,
  firstPatientOf,
  homesOf,
  sourcePatient,
  type Whose,
} from '../../identity/index.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import { homeOf, readPublicId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import {
  bytesOf,
  type Entry,
  type PutResult,
  patientReference,
  put,
  read,
  type Stated,
  type Telling,
} from '../../record/index.ts'

export interface Writing {
  readonly ctx: Context
  readonly book: Book
  /** Her own Patient, on whose shelf alone she writes. */
  readonly patientId: number
  /** Where rows of hers lie beside it. */
  readonly home: number
  readonly telling: Telling
  /** What stands on that shelf. */
  readonly standing: readonly Entry[]
  /** Keeps what she states. @param kind as the audit log names it */
  readonly keep: (kind: string, resources: readonly Stated[]) => Promise<PutResult>
}

/** A proxy sees, and changes, only what is open to it. */
export function isSeen({ actor }: Context, entry: Entry): boolean {
  const acting = actor.kind === 'resident' ? actor.acting : null
  return !acting || isOpenTo(acting.topics, entry)
}

export const resourceOf = (entry: Entry): FhirResource => parseJson(bytesOf(entry).toString()) as FhirResource

/** A proxy that was ended meanwhile writes nothing. @throws {Problem} access.refused */
async function holdRight(ctx: Context): Promise<void> {
  const acting = ctx.actor.kind === 'resident' ? ctx.actor.acting : null
  if (acting && !(await holdProxy(ctx, acting))) throw new Problem('access.refused')
}

function tellingOf(ctx: Context, patientId: number): Telling {
  const acting = ctx.actor.kind === 'resident' ? ctx.actor.acting : null
  const speaker = acting ? firstPatientOf(acting.holder) : patientId
  return {
    at: ctx.now().toISOString(),
    subject: { reference: patientReference(ctx, patientId) },
    author: { reference: patientReference(ctx, speaker) },
  }
}

/** Where she has stated nothing herself yet, her shelf begins with who she is. */
const patientResource = ({ demographics: { name, birthDate, sex } }: Book): FhirResource => ({
  resourceType: 'Patient',
  name: [{ text: name }],
  gender: sex,
  birthDate,
})

/**
 * What was stated in a book that has joined another stands on that one's shelf, and is changed there; and whoever kept
 * it goes on writing there.
 */
const shelfIn = ({ keys }: Context, book: Book, line: string | undefined): number => {
  const named = line === undefined ? undefined : readPublicId(keys.id, line)
  const owns = homesOf(book).map(firstPatientOf)
  return owns.find((own) => own === named?.patientId && book.patientIds.includes(own)) ?? book.shelf
}

interface Place {
  /** Public id of a line of hers. */
  readonly line?: string
  /** It concerns the book as a whole, whoever says it: where she lives, what is shared. */
  readonly whole?: boolean
}

async function openShelf(ctx: Context, book: Book, { line, whole = false }: Place): Promise<Writing> {
  // two devices that write one book take turns from here to the end of the transaction
  const own = await sourcePatient(ctx, book, 'self')
  const shelf = whole ? book.patientId : shelfIn(ctx, book, line)
  const { patientId, newDataKey } =
    shelf === book.patientId ? own : { patientId: shelf, newDataKey: undefined }
  const standing = newDataKey ? [] : await read(ctx, [patientId], { restricted: true })
  const first: Stated[] = newDataKey ? [{ resource: patientResource(book), no: 0 }] : []
  return {
    ctx,
    book,
    patientId,
    home: homeOf(patientId),
    standing,
    telling: tellingOf(ctx, patientId),
    keep: async (kind, resources) => {
      const all = [...first, ...resources]
      const arrival = { patientId, source: 'self', kind, resources: all, ...(newDataKey && { newDataKey }) }
      const { resources: kept, version } = await put(ctx, arrival)
      return { resources: kept.slice(first.length), version }
    },
  }
}

/**
 * Writes into a book on its own Patient's shelf, or where the line stands that is named, in one transaction: the right to do so is held until it ends, and all
 * writers of one book take turns.
 * @throws {Problem} as `enterBook`; book.closed
 */
export async function writeInBook<T>(
  ctx: Context,
  whose: Whose,
  errand: { readonly action: ResidentAction; readonly what: string } & Place,
  work: (writing: Writing) => Promise<T>,
): Promise<T> {
  const { ctx: entered, book } = await enterBook(ctx, whose, errand)
  if (book.status !== 'active') throw new Problem('book.closed')
  try {
    return await inTransaction(entered, async (inner) => {
      await holdRight(inner)
      return await work(await openShelf(inner, book, errand))
    })
  } catch (error) {
    const refused = error instanceof Problem && error.code === 'access.refused'
    // after the transaction: what it wrote down is undone with it
    if (refused) await noteRefusal(entered, { action: errand.action, patientId: book.patientId })
    throw error
  }
}
