import { parentPort } from 'node:worker_threads'
import { type CardFace, drawCard } from './card.ts'
import type { Paper } from './paper.ts'
import { drawPaper, type Printed } from './pdf.ts'

export type Work = { readonly paper: Paper } | { readonly card: CardFace }

/** What is asked of the thread that draws pages. */
export interface Order {
  readonly no: number
  readonly work: Work
  readonly at: Date
}

/** What it answers: the pages, or that this paper could not be drawn. */
export interface Delivery {
  readonly no: number
  readonly printed: Printed | null
}

const draw = (work: Work, at: Date): Promise<Printed> =>
  'paper' in work ? drawPaper(work.paper, at) : drawCard(work.card, at)

async function deliver({ no, work, at }: Order): Promise<void> {
  try {
    const printed = await draw(work, at)
    const pdf = Uint8Array.from(printed.pdf)
    parentPort?.postMessage({ no, printed: { ...printed, pdf } } satisfies Delivery, [pdf.buffer])
  } catch {
    parentPort?.postMessage({ no, printed: null } satisfies Delivery)
  }
}

parentPort?.on('message', (order: Order) => void deliver(order))
