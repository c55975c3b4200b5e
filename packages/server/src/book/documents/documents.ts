import { createHash } from 'node:crypto'
import type { FhirResource } from '@sokhoe/fhir'
import { isDate } from '@sokhoe/model'
import { z } from 'zod'
import { type Entered, enterBook, type Whose } from '../../identity/index.ts'
import type { Context } from '../../platform/context.ts'
import { readPublicId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import {
  concept,
  type DocumentContent,
  documentOf,
  documentsKept,
  type Entry,
  idOf,
  keepDocument,
  stated,
  statementKey,
  type Telling,
} from '../../record/index.ts'
import { openEntries } from '../entries.ts'
import { resourceOf, type Writing, writeInBook } from '../own/write.ts'
import { isLater, line } from '../statements/said.ts'
import { type Done, doOnce } from '../statements/statements.ts'
import { type MediaType, mediaTypeOf, strip } from './strip.ts'

export const MOST_DOCUMENT_BYTES = 8 * 1024 * 1024
const [MOST_DOCUMENTS, MOST_BYTES] = [300, 300 * 1024 * 1024]

/** What a paper is, in LOINC's words where it has some. */
const PAPERS = {
  prescription: ['Đơn thuốc', '57833-6'],
  'lab-paper': ['Phiếu xét nghiệm', '11502-2'],
  discharge: ['Giấy ra viện', '18842-5'],
  'vaccination-card': ['Phiếu tiêm chủng', '11369-6'],
  other: ['Giấy tờ khác', undefined],
} as const
export type Paper = keyof typeof PAPERS

export const About = z.strictObject({
  uuid: z.uuid().toLowerCase(),
  paper: z.enum(Object.keys(PAPERS) as [Paper, ...Paper[]]),
  title: line(200),
  /** The day on the paper, as far as it can be read. */
  date: z
    .string()
    .refine((day) => isDate(day) && day >= '1900')
    .optional(),
})
export type About = z.infer<typeof About>

export interface DocumentTold {
  readonly id: string
  readonly version: number
  readonly paper: string
  readonly title: string
  readonly date: string | null
  readonly mediaType: string
  readonly bytes: number
  /** Instant of its keeping. */
  readonly at: string
  /** The person's own: she may take it out of sight again. */
  readonly own: boolean
  readonly ended: boolean
}

/** @throws {Problem} book.document-unreadable · book.document-active */
function cleaned(bytes: Buffer, claimed: string): { mediaType: MediaType; content: Buffer } {
  const mediaType = mediaTypeOf(bytes)
  if (mediaType === undefined || mediaType !== claimed) throw new Problem('book.document-unreadable')
  const content = strip(bytes, mediaType)
  if (content === 'damaged') throw new Problem('book.document-unreadable')
  if (content === 'active') throw new Problem('book.document-active')
  return { mediaType, content }
}

const LOINC = 'http://loinc.org'
const OWN_PAPERS = 'urn:sokhoe:code:paper'

function reference(
  { at, subject, author }: Telling,
  { uuid, paper, title, date }: About,
  { mediaType, content }: { mediaType: MediaType; content: Buffer },
): FhirResource {
  const [words, loinc] = PAPERS[paper]
  const codings = [
    ...(loinc === undefined ? [] : [{ system: LOINC, code: loinc }]),
    { system: OWN_PAPERS, code: paper, display: words },
  ]
  const attachment = {
    contentType: mediaType,
    size: content.length,
    // FHIR R4 names SHA-1 here; it finds a mix-up, it proves nothing
    hash: createHash('sha1').update(content).digest('base64'),
    title,
    ...(date !== undefined && { creation: date }),
  }
  return stated(`own/document/${uuid}`, {
    resourceType: 'DocumentReference',
    status: 'current',
    type: concept(words, ...codings),
    subject,
    date: at,
    author: [author],
    description: title,
    content: [{ attachment }],
  }).resource
}

/** @throws {Problem} book.document-too-many */
async function makeRoom({ ctx, patientId }: Writing, bytes: number): Promise<void> {
  const kept = await documentsKept(ctx, patientId)
  if (kept.count >= MOST_DOCUMENTS || kept.bytes + bytes > MOST_BYTES)
    throw new Problem('book.document-too-many')
}

/**
 * Keeps a photo of a paper, or a PDF, as the person's own: what it says beside the picture is taken out first, then it
 * is sealed under her key. The same uuid with the same content again is the same document.
 *
 * @param claimed the media type it was sent as
 * @throws {Problem} as `writeInBook` and `once`; book.document-unreadable · book.document-active ·
 *   book.document-too-many
 */
export async function addDocument(
  ctx: Context,
  whose: Whose,
  about: About,
  sent: { readonly bytes: Buffer; readonly claimed: string },
): Promise<Done> {
  if (about.date !== undefined && isLater(about.date, ctx.now()))
    throw new Problem('request.invalid', { at: ['/date'] })
  const file = cleaned(sent.bytes, sent.claimed)
  const digest = createHash('sha256').update(file.content).digest('hex')
  const { uuid } = about
  return await writeInBook(ctx, whose, { action: 'record.state', what: 'document' }, (writing) =>
    doOnce(writing, { uuid, content: { about, digest } }, async () => {
      await makeRoom(writing, file.content.length)
      const resource = reference(writing.telling, about, file)
      const { resources } = await writing.keep('document', [{ resource }])
      const no = resources[0]?.no ?? 0
      await keepDocument(writing.ctx, { patientId: writing.patientId, no, ...file })
      return no
    }),
  )
}

interface Reference extends FhirResource {
  readonly status?: string
  readonly date?: string
  readonly description?: string
  readonly type?: { readonly coding?: readonly { readonly system?: string; readonly code?: string }[] }
  readonly content?: readonly {
    readonly attachment?: {
      readonly contentType?: string
      readonly size?: number
      readonly title?: string
      readonly creation?: string
    }
  }[]
}

function tell(entry: Entry): DocumentTold {
  const resource = resourceOf(entry) as Reference
  const attachment = resource.content?.[0]?.attachment
  const paper = resource.type?.coding?.find(({ system }) => system === OWN_PAPERS)?.code
  return {
    id: idOf(entry),
    version: entry.version,
    paper: paper ?? 'other',
    title: attachment?.title ?? resource.description ?? '',
    date: attachment?.creation ?? null,
    mediaType: attachment?.contentType ?? '',
    bytes: attachment?.size ?? 0,
    at: resource.date ?? '',
    own: entry.source === 'self' && statementKey(resource) !== undefined,
    ended: resource.status === 'entered-in-error',
  }
}

const ERRAND = { action: 'record.read', what: 'document' } as const

async function documentsIn(entered: Entered): Promise<Entry[]> {
  const entries = await openEntries(entered)
  return entries.filter((entry) => entry.type === 'DocumentReference')
}

/** The documents of a book, without their content, the latest first. */
export async function documentsOf(ctx: Context, whose: Whose): Promise<DocumentTold[]> {
  const entries = await documentsIn(await enterBook(ctx, whose, ERRAND))
  return entries.toSorted((a, b) => b.at - a.at || b.no - a.no).map(tell)
}

/** @throws {Problem} book.document-unknown: not there, not of this book, or not open to this proxy */
export async function contentOf(ctx: Context, whose: Whose, id: string): Promise<DocumentContent> {
  const { ctx: entered, book } = await enterBook(ctx, whose, ERRAND)
  const named = readPublicId(ctx.keys.id, id)
  const mine = named && book.patientIds.includes(named.patientId)
  const entries = mine
    ? await documentsIn({ ctx: entered, book: { ...book, patientIds: [named.patientId] } })
    : []
  const content =
    named && entries.some(({ no }) => no === named.no)
      ? await documentOf(entered, named.patientId, named.no)
      : undefined
  if (!content) throw new Problem('book.document-unknown')
  return content
}
