import type { FastifyReply } from 'fastify'
import type { DocumentContent } from '../../record/index.ts'

/** Nothing in a document runs, loads or frames anything of ours, whatever a browser makes of it. */
const CLOSED = "default-src 'none'; sandbox"

/** A picture is shown, a PDF is only given to save, under a name that says nothing of whose it is. */
export function sendDocument(reply: FastifyReply, { mediaType, content }: DocumentContent): FastifyReply {
  const shown = mediaType.startsWith('image/') ? 'inline' : 'attachment; filename="so-khoe-giay-to.pdf"'
  return reply
    .header('content-security-policy', CLOSED)
    .header('content-disposition', shown)
    .type(mediaType)
    .send(content)
}
