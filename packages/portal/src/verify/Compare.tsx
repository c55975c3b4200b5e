import { sayDay } from '@sokhoe/ui/format'
import type { Answer } from '@sokhoe/ui/http'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { sayOr } from '@sokhoe/ui/speech'
import { useEffect, useRef, useState } from 'react'
import { Trouble } from '../parts/Trouble.tsx'
import { say } from '../platform/say.ts'
import type { Compared, ComparedField, Verified } from './api.ts'

const TONES = { same: 'good', near: 'watch', differs: 'watch', missing: 'quiet' } as const

const shownAs = (field: ComparedField['field'], value: string | null): string =>
  value === null
    ? say('verify.verdict.missing')
    : field === 'birthDate'
      ? sayDay(value)
      : field === 'sex'
        ? sayOr(`verify.sex.${value}`, value)
        : value

type Props = {
  readonly compared: Compared
  readonly card: string
  readonly onConfirm: (shown: object) => Promise<Answer<Verified>>
  readonly onLeave: () => void
}

/** Card and book field by field. With everything the same, the button stands in focus: Enter confirms. */
export function Compare({ compared: { fields, ready, warnings }, card, onConfirm, onLeave }: Props) {
  const [take, setTake] = useState<readonly string[]>([])
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Answer<unknown>>()
  const button = useRef<HTMLButtonElement>(null)
  useEffect(() => {
    if (ready) button.current?.focus()
  }, [ready])
  const open = fields.filter(({ field, settle }) => settle && !take.includes(field))
  const turn = (field: string) =>
    setTake((now) => (now.includes(field) ? now.filter((one) => one !== field) : [...now, field]))
  const confirm = async () => {
    setBusy(true)
    const answer = await onConfirm({ how: 'scanned', card, take })
    setBusy(false)
    setTrouble(answer)
  }
  return (
    <div className="compare">
      <div className="scrolls">
        <table className="grid-table">
          <caption>{say('verify.compare')}</caption>
          <thead>
            <tr>
              <td />
              <th scope="col">{say('verify.compare.document')}</th>
              <th scope="col">{say('verify.compare.book')}</th>
              <th scope="col">{say('verify.compare.verdict')}</th>
            </tr>
          </thead>
          <tbody>
            {fields.map((one) => (
              <Row
                key={one.field}
                one={one}
                taken={take.includes(one.field)}
                onTurn={() => turn(one.field)}
              />
            ))}
          </tbody>
        </table>
      </div>
      <div className="inside">
        {warnings.map((code) => (
          <Notice key={code} tone="watch">
            {sayOr(`verify.warning.${code}`, say('verify.warning.other', { code }))}
          </Notice>
        ))}
        <p className="b" role="status">
          {say(ready ? 'verify.ready' : 'verify.settle')}
        </p>
        <Trouble answer={trouble} />
        <div className="acts">
          <button
            ref={button}
            type="button"
            className="btn"
            disabled={open.length > 0 || busy}
            aria-busy={busy}
            onClick={() => void confirm()}
          >
            <Icon name="shield" />
            {say(busy ? 'verify.confirming' : take.length > 0 ? 'verify.confirm.take' : 'verify.confirm')}{' '}
            <kbd>Enter</kbd>
          </button>
          <button type="button" className="btn danger" onClick={onLeave}>
            {say('verify.refuse')}
          </button>
        </div>
      </div>
    </div>
  )
}

function Row({ one, taken, onTurn }: { one: ComparedField; taken: boolean; onTurn: () => void }) {
  const { field, verdict, document, book, settle } = one
  const name = say(`verify.field.${field}`)
  return (
    <tr>
      <th scope="row">{name}</th>
      <td className="anywhere">{shownAs(field, document)}</td>
      <td className="anywhere">{shownAs(field, book)}</td>
      <td>
        <span className={`tag ${TONES[verdict]}`}>{say(`verify.verdict.${verdict}`)}</span>
        {settle && (
          <label className="take">
            <input type="checkbox" checked={taken} onChange={onTurn} />
            {say('verify.compare.take')}
            <span className="sr">: {name}</span>
          </label>
        )}
      </td>
    </tr>
  )
}
