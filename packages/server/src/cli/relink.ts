import { parseArgs } from 'node:util'
import { type Night, type Progress, relinkCity } from '../identity/index.ts'
import { refuse } from '../platform/keys.ts'
import { inHouse } from './house.ts'
import { type Io, orSentence } from './io.ts'

/** At most so often a line of progress within a phase, ms. */
const EVERY = 2000

const WORDS: Readonly<Record<Progress['phase'], string>> = {
  learn: 'learns from the city',
  open: 'opens what sources say',
  compare: 'compares',
  move: 'moves Patients to their persons',
  pairs: 'brings pairs in line',
  done: 'done',
}

function progressTo(io: Io): (progress: Progress) => void {
  let [told, said]: [number, string] = [0, '']
  return ({ phase, done, of }) => {
    const now = performance.now()
    if (phase === said && now - told < EVERY && done < of) return
    ;[told, said] = [now, phase]
    io.err(`  ${WORDS[phase]}${of > 1 ? `: ${done} of ${of}` : ''}`)
  }
}

const tell = ({ no, compared, same, review, moved, model }: Night, seconds: number): string =>
  `night ${no}: ${compared} pairs compared by model ${model}, ${same} the same, ${review} to review, ` +
  `${moved} Patients moved, in ${seconds.toFixed(1)} s`

function asJson({ no, compared, same, review, moved, model }: Night, seconds: number): string {
  return JSON.stringify({ no, compared, same, review, moved, model, seconds: Number(seconds.toFixed(2)) })
}

/** `relink`: compares the whole city anew, beside a running server or without one; goes on with a run that was killed. */
export async function relinkCommand(args: readonly string[], io: Io): Promise<number> {
  return await orSentence(io, async () => {
    const { values } = parseArgs({ args: [...args], options: { json: { type: 'boolean' } } })
    return await inHouse(io, 'relink', async ({ ctx }) => {
      const started = performance.now()
      const night = await relinkCity(ctx, progressTo(io))
      if (!night)
        throw refuse('busy', 'The city is being compared just now, by the server or another command.')
      const seconds = (performance.now() - started) / 1000
      io.out(values.json ? asJson(night, seconds) : tell(night, seconds))
      return 0
    })
  })
}
