import type { Line, Verdict } from '@sokhoe/model/reading'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { Source } from '@sokhoe/ui/parts/Source'
import { Link } from 'wouter'
import { say } from '../platform/say.ts'
import { inWords, langOf, sayMeasured, sayWhen } from './words.ts'

/** Who says so: the place by name, or the kind of source. */
export function LineSource({ line: { source, author } }: { line: Pick<Line, 'source' | 'author'> }) {
  const told =
    author === 'proxy' ? say('line.by-proxy') : author === 'staff' ? say('line.by-staff') : undefined
  const text = source.kind === 'self' ? told : (source.place ?? undefined)
  return <Source kind={source.kind} {...(text !== undefined && { text })} />
}

/** What others wrote can be said to be wrong, from the line itself. */
export function LineReport({ line }: { line: Line }) {
  if (line.source.kind === 'self') return null
  return (
    <Link className="report" href={`/app/line/${line.id}`}>
      {say('line.report')}
      <span className="sr">: {inWords(line.title)}</span>
    </Link>
  )
}

export function VerdictTag({ verdict }: { verdict: Verdict }) {
  const icon = verdict.tone === 'good' ? 'check' : 'warn'
  return (
    <span className={`tag ${verdict.tone}`}>
      <Icon name={icon} />
      {inWords(verdict.words)}
    </span>
  )
}

const STATUS = {
  ended: 'line.ended',
  amended: 'line.amended',
  'entered-in-error': 'line.withdrawn',
  preliminary: 'line.preliminary',
} as const

/** A prescription that has run out was not stopped. */
export function StatusTag({ line: { status, kind, source } }: { line: Line }) {
  if (status === 'standing') return null
  const ranOut = status === 'ended' && kind === 'medicine' && source.kind !== 'self'
  return <span className="tag quiet">{say(ranOut ? 'line.ran-out' : STATUS[status])}</span>
}

/** A result leads to its picture over time. */
export function LineTitle({ line }: { line: Line }) {
  const { title, value, kind, code } = line
  const words = (
    <>
      <span lang={langOf(title)}>{inWords(title)}</span>
      {value && (
        <>
          {' '}
          <span className="value">{sayMeasured(value)}</span>
        </>
      )}
    </>
  )
  return kind === 'result' && value && code !== '' ? (
    <Link href={`/app/results/${encodeURIComponent(code)}`}>{words}</Link>
  ) : (
    words
  )
}

/** One fact in a list: what, how much, since when, who says so. */
export function LineRow({ line, times = 1 }: { line: Line; times?: number }) {
  return (
    <li className={`fact ${line.status}`}>
      <p className="b">
        <LineTitle line={line} />
      </p>
      {line.detail && <p lang={langOf(line.detail)}>{inWords(line.detail)}</p>}
      {(line.verdict || line.status !== 'standing' || line.restricted) && (
        <p className="tags">
          {line.verdict && <VerdictTag verdict={line.verdict} />}
          <StatusTag line={line} />
          {line.restricted && <span className="tag quiet">{say('line.restricted')}</span>}
        </p>
      )}
      <p className="said">
        <LineSource line={line} />
        <time className="num-c" dateTime={line.when}>
          {sayWhen(line)}
        </time>
        {times > 1 && <span>{say('line.times', { n: times })}</span>}
        <LineReport line={line} />
      </p>
    </li>
  )
}
