import { parentPort, workerData } from 'node:worker_threads'
import { type Batch, makeShare, type Work } from './batch.ts'

/** Runs in a thread of its own: makes the next batch whenever it is asked for one, and null when its share is done. */
const share = makeShare(workerData as Work)

parentPort?.on('message', () => {
  const { done, value } = share.next()
  const batch: Batch | null = done ? null : value
  // nothing shared travels: each buffer is the batch's own
  const buffers = batch?.rows.map(({ bytes }) => bytes.buffer as ArrayBuffer) ?? []
  parentPort?.postMessage(batch, buffers)
})
