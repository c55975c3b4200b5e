import { sayDay } from '@sokhoe/ui/format'
import type { Answer } from '@sokhoe/ui/http'
import { sayOr } from '@sokhoe/ui/speech'
import { useEffect, useState } from 'react'
import { Trouble } from '../parts/Trouble.tsx'
import { say } from '../platform/say.ts'
import type { At } from '../verify/api.ts'
import { type Life, livesOf } from './api.ts'

type Part = Readonly<Record<string, unknown>>
const partsOf = (value: unknown): readonly Part[] =>
  (Array.isArray(value) ? value : [value]).filter(
    (one): one is Part => typeof one === 'object' && one !== null,
  )

const SEX = 'sex'

/** How it was, or is, in one line; numbers come with their last digits alone. */
function lineOf(value: unknown): string {
  const shown = partsOf(value).flatMap(({ ward: _, wardName, system: __, ...rest }) =>
    [...Object.entries(rest), ['ward', wardName] as const].flatMap(([name, one]) => {
      if (typeof one !== 'string') return []
      if (name === SEX) return [sayOr(`verify.sex.${one}`, one)]
      return [name === 'birthDate' ? sayDay(one) : one]
    }),
  )
  return shown.length === 0 ? say('lives.history.nothing') : shown.join(', ')
}

function Line({ life }: { life: Life }) {
  const { kind, at, paper, before, after, reference, diedOn, undone } = life
  const change = kind === 'death' ? sayDay(diedOn ?? '') : `${lineOf(before)} → ${lineOf(after)}`
  return (
    <li>
      <p className="grow anywhere">
        <span className="b">{say(`lives.kind.${kind}`)}</span> · {change}
        {paper && ` · ${sayOr(`lives.paper.${paper}`, paper)}`}
        {reference && ` ${reference}`}
        {undone && <span className="tag watch">{say('lives.undone')}</span>}
      </p>
      <time className="soft num-c" dateTime={at}>
        {sayDay(at.slice(0, 10))}
      </time>
    </li>
  )
}

/** What was changed before, the latest first; with the paper by which. */
export function History({ at }: { at: At }) {
  const { person, present } = at
  const [answer, setAnswer] = useState<Answer<{ readonly lives: readonly Life[] }>>()
  useEffect(() => {
    void livesOf({ person, present }).then(setAnswer)
  }, [person, present])
  const lives = answer?.is === 'ready' ? answer.data.lives : []
  return (
    <section aria-busy={!answer}>
      <h2>{say('lives.history')}</h2>
      <Trouble answer={answer} />
      {answer?.is === 'ready' && lives.length === 0 && <p className="hint">{say('lives.history.none')}</p>}
      <ul className="people">
        {lives.map((life) => (
          <Line key={`${life.at} ${life.no}`} life={life} />
        ))}
      </ul>
    </section>
  )
}
