import { on } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { Batch, Work } from './batch.ts'

const MOST_WORKERS = 8
/** Batches that a worker may be ahead: enough that it never waits, few enough for constant memory. */
const AHEAD = 2
/** Megabytes for what dies young: nearly all of what a batch makes does. */
const YOUNG = 64

function open(work: Work) {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: work,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG },
  })
  const answers = on(worker, 'message')
  const ask = (): void => worker.postMessage('next')
  for (let i = 0; i < AHEAD; i++) ask()
  const next = async (): Promise<Batch | null> => {
    const { value } = await answers.next()
    ask()
    return (value?.[0] ?? null) as Batch | null
  }
  return { next, close: () => worker.terminate() }
}

/** Makes a city on all processors; its batches come in their order, the same however many work. */
export async function* makeCity(work: Omit<Work, 'workers' | 'worker'>): AsyncGenerator<Batch> {
  const workers = Math.min(availableParallelism(), MOST_WORKERS)
  const team = Array.from({ length: workers }, (_, worker) => open({ ...work, workers, worker }))
  try {
    for (let turn = 0; ; turn += 1) {
      const batch = await team[turn % workers]?.next()
      if (!batch) return
      yield batch
    }
  } finally {
    await Promise.all(team.map((each) => each.close()))
  }
}
