import type { Line, SourceKind } from '@sokhoe/model/reading'
import { SourceShape } from '@sokhoe/ui/parts/Source'
import { say } from '../platform/say.ts'
import { LineReport, LineSource, LineTitle, StatusTag, VerdictTag } from './LineRow.tsx'
import { inWords, langOf, sayMeasured, sayWhen } from './words.ts'

/** What gives an event its name, first that is there. */
const HEADS = ['declaration', 'visit', 'immunisation', 'document', 'procedure'] as const

/** More than this are behind a word that says how many there are. */
const SHOWN = 3

function headOf(lines: readonly Line[]): Line | undefined {
  for (const kind of HEADS) {
    const head = lines.find((line) => line.kind === kind)
    if (head) return head
  }
  return lines[0]
}

/** The diagnosis that a visit names as its reason is told once. */
const isReason = (line: Line, head: Line): boolean =>
  head.kind === 'visit' && line.kind === 'condition' && head.detail?.vi.includes(line.title.vi) === true

/** One thing that happened: its day, what it was, who says so, and what came of it. */
export function EventEntry({ lines }: { lines: readonly Line[] }) {
  const head = headOf(lines)
  if (!head) return null
  const others = lines.filter((line) => line !== head && !isReason(line, head))
  const results = others.filter(({ kind }) => kind === 'result').length
  const counted = head.kind === 'visit' && results > 0
  return (
    <li>
      <span className="pt" style={{ color: colourOf(head.source.kind) }}>
        <SourceShape kind={head.source.kind} />
      </span>
      <div>
        <p className="d num-c">
          <time dateTime={head.when}>{sayWhen(head)}</time>
        </p>
        <p className="t">
          <LineTitle line={head} />
          {counted && say('timeline.with-results', { n: results })}
        </p>
        <p className="s">
          <LineSource line={head} /> <LineReport line={head} />
        </p>
        {(head.verdict || head.status !== 'standing') && (
          <p className="tags">
            {head.verdict && <VerdictTag verdict={head.verdict} />}
            <StatusTag line={head} />
          </p>
        )}
        {head.detail && (
          <p className="x" lang={langOf(head.detail)}>
            {inWords(head.detail)}
          </p>
        )}
        <Others lines={others} />
      </div>
    </li>
  )
}

const colourOf = (kind: SourceKind): string => `var(--src-${kind})`

function Others({ lines }: { lines: readonly Line[] }) {
  if (lines.length === 0) return null
  const list = (
    <ul className="parts">
      {lines.map((line) => (
        <li key={line.id}>
          <LineTitle line={line} />
          {line.detail && !line.value && (
            <span className="soft" lang={langOf(line.detail)}>
              {' '}
              {inWords(line.detail)}
            </span>
          )}{' '}
          {line.verdict && line.verdict.is !== 'within' && <VerdictTag verdict={line.verdict} />}
          <StatusTag line={line} /> <LineReport line={line} />
        </li>
      ))}
    </ul>
  )
  if (lines.length <= SHOWN) return list
  const glance = lines
    .filter(({ value }) => value)
    .slice(0, 2)
    .map((line) => `${inWords(line.title)} ${line.value ? sayMeasured(line.value) : ''}`)
  return (
    <>
      {glance.length > 0 && <p className="x">{glance.join('. ')}.</p>}
      <details className="others">
        <summary>{say('timeline.parts', { n: lines.length })}</summary>
        {list}
      </details>
    </>
  )
}
