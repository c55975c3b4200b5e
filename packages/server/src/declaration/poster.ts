import PDFDocument from 'pdfkit'
import type { CampaignRow } from './tables.ts'

export interface Poster {
  readonly publicUrl: string
  readonly campaign: CampaignRow
  readonly now: Date
}

export function posterPdf({ publicUrl, campaign }: Poster): Promise<Buffer> {
  const doc = new PDFDocument({ size: 'A4' })
  const parts: Buffer[] = []
  doc.text(`${publicUrl}/q/${campaign.code}`)
  doc.end()
  return new Promise((resolve) =>
    doc.on('data', (part: Buffer) => parts.push(part)).on('end', () => resolve(Buffer.concat(parts))),
  )
}
