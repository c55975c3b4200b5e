import { parentPort } from 'node:worker_threads'
import type { Paper } from './paper.ts'
import { drawPaper, type Printed } from './pdf.ts'

/** What is asked of the thread that draws pages. */
export interface Order {
  readonly no: number
  readonly paper: Paper
  readonly at: Date
}

/** What it answers: the pages, or that this paper could not be drawn. */
export interface Delivery {
  readonly no: number
  readonly printed: Printed | null
}

async function deliver({ no, paper, at }: Order): Promise<void> {
  try {
    const printed = await drawPaper(paper, at)
    const pdf = Uint8Array.from(printed.pdf)
    parentPort?.postMessage({ no, printed: { ...printed, pdf } } satisfies Delivery, [pdf.buffer])
  } catch {
    parentPort?.postMessage({ no, printed: null } satisfies Delivery)
  }
}

parentPort?.on('message', (order: Order) => void deliver(order))
