import type { Questionnaire } from '@sokhoe/model/questionnaire'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { Refused } from '@sokhoe/ui/parts/State'
import { sayOr } from '@sokhoe/ui/speech'
import { useState } from 'react'
import { ConflictPanel } from '../assist/ConflictPanel.tsx'
import { type Conflict, codeOf, type Outcome, type Settled } from '../assist/visit.ts'
import { useLoad } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import { Progress } from './Progress.tsx'
import { boxTaken } from './round.ts'
import { type BoxItem, type Refusal, sendAll, useProgress } from './sending.ts'

interface Props {
  /** What only the server can read: boxes of this tablet, or what other tablets handed over. */
  readonly load: () => Promise<readonly BoxItem[]>
  readonly after?: () => void
}

interface Differing {
  readonly item: BoxItem & { readonly settled?: Settled }
  readonly conflict: Conflict
}

/** Sends what cannot be read here; what differs from a book is shown by the server and settled one by one. */
export function BoxList({ load, after }: Props) {
  const form = useLoad<Questionnaire>('/api/form')
  const [differing, setDiffering] = useState<readonly Differing[]>([])
  const [refused, setRefused] = useState<readonly string[]>([])
  const [kept, setKept] = useState(0)
  const [refusal, setRefusal] = useState<Refusal>()
  const sending = useProgress() !== undefined

  const tell = async (item: Differing['item'], outcome: Outcome) => {
    const others = (now: readonly Differing[]) => now.filter((each) => each.item.uuid !== item.uuid)
    if (outcome.outcome === 'conflict')
      return setDiffering((now) => [...others(now), { item, conflict: outcome }])
    setDiffering(others)
    if (outcome.outcome === 'refused') return setRefused((now) => [...now, codeOf(outcome.problem.type)])
    setKept((now) => now + 1)
    await boxTaken(item.uuid)
  }
  const send = async (items: readonly Differing['item'][]) => {
    setRefusal(undefined)
    setRefused([])
    setRefusal(await sendAll(items, tell))
    after?.()
  }
  const [first] = differing
  return (
    <section className="panel counts">
      <div className="buttons">
        <button
          type="button"
          className="btn"
          disabled={sending}
          aria-busy={sending}
          onClick={() => void load().then(send)}
        >
          <Icon name="sync" />
          {say('visits.boxes.send')}
        </button>
      </div>
      <Progress />
      {kept > 0 && <p role="status">{say('visits.boxes.kept', { n: kept })}</p>}
      {refused.map((code) => (
        <Notice key={code} tone="watch" alert>
          {sayOr(`problem.${code}`, say('problem.unknown'))}
        </Notice>
      ))}
      {refusal && <Refused answer={refusal} />}
      {first && form.is === 'ready' && (
        <ConflictPanel
          key={`${first.item.uuid} ${first.conflict.same.length} ${first.conflict.seen ?? ''}`}
          form={form.data}
          conflict={first.conflict}
          busy={sending}
          settle={(next) => void send([{ ...first.item, settled: joined(first, next) }])}
        />
      )}
    </section>
  )
}

function joined({ item, conflict }: Differing, next: Settled): Settled {
  const before = item.settled ?? {}
  const same = next.same ?? before.same
  return {
    ...(conflict.seen && { seen: conflict.seen }),
    ...(same && { same }),
    choices: { ...before.choices, ...next.choices },
    others: [...(before.others ?? []), ...(next.others ?? [])],
  }
}
