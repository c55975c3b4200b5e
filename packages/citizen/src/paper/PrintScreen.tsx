import '@sokhoe/ui/looks/form.css'
import { useCutSince } from '@sokhoe/ui/online'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { ActRow } from '@sokhoe/ui/parts/Rows'
import { type Refusal, Refused } from '@sokhoe/ui/parts/State'
import { type ReactNode, useState } from 'react'
import { FormGate } from '../declare/FormGate.tsx'
import { bookApi, useWhose, type Whose } from '../family/whose.ts'
import { Screen } from '../parts/Screen.tsx'
import { saveFromServer } from '../platform/save.ts'
import { say } from '../platform/say.ts'
import { PARTS, type Part } from './parts.ts'

/** The book on paper, whole or in parts, and as files to keep. */
export const PrintScreen = () => (
  <FormGate title={say('print.title')}>
    {() => (
      <Screen title={say('print.title')} back="/app/more">
        <PrintForm />
      </Screen>
    )}
  </FormGate>
)

type Work = { name: string; bytes: number }

/** One file at a time: how much of it has come, and what went wrong. */
function useSaving(whose: Whose) {
  const [work, setWork] = useState<Work>()
  const [saved, setSaved] = useState<string>()
  const [refusal, setRefusal] = useState<Refusal>()
  const save = async (path: string, name: string) => {
    setSaved(undefined)
    setRefusal(undefined)
    setWork({ name, bytes: 0 })
    const answer = await saveFromServer(bookApi(`/${path}`, whose), name, (bytes) => setWork({ name, bytes }))
    setWork(undefined)
    if (answer.is === 'ready') setSaved(name)
    else setRefusal(answer)
  }
  return { work, saved, refusal, save }
}

function PrintForm() {
  const [parts, setParts] = useState<ReadonlySet<Part>>(new Set(PARTS))
  const [restricted, setRestricted] = useState(false)
  const { work, saved, refusal, save } = useSaving(useWhose())
  const cut = useCutSince() !== undefined
  const toggle = (part: Part) => {
    const next = new Set(parts)
    if (!next.delete(part)) next.add(part)
    setParts(next)
  }
  const chosen = PARTS.filter((part) => parts.has(part))
  const print = () => {
    const part = chosen.length === PARTS.length ? 'all' : chosen.join(',')
    return save(`print.pdf?part=${part}&restricted=${restricted ? 'yes' : 'no'}`, 'so-khoe.pdf')
  }
  const busy = work !== undefined
  return (
    <>
      <fieldset className="choice">
        <legend className="title">{say('print.which')}</legend>
        <ul className="options">
          {PARTS.map((part) => (
            <Tick key={part} on={parts.has(part)} onChange={() => toggle(part)}>
              {say(`print.part.${part}`)}
            </Tick>
          ))}
          <Tick
            on={restricted}
            onChange={() => setRestricted(!restricted)}
            hint={say('print.restricted.hint')}
          >
            {say('print.restricted')}
          </Tick>
        </ul>
      </fieldset>
      {chosen.length === 0 && <p className="em gap">{say('print.none')}</p>}
      <button
        type="button"
        className="btn wide gap"
        disabled={busy || cut || chosen.length === 0}
        onClick={print}
      >
        <Icon name="print" />
        {say('print.make')}
      </button>
      <h2 className="gap">{say('print.keep')}</h2>
      {cut ? (
        <Notice>{say('print.offline')}</Notice>
      ) : (
        <ul className="acts">
          <ActRow
            icon="book"
            title={say('print.html')}
            hint={say('print.html.hint')}
            onClick={() => void save('download.html', 'so-khoe.html')}
          />
          <ActRow
            icon="book"
            title={say('print.json')}
            hint={say('print.json.hint')}
            onClick={() => void save('download.json', 'so-khoe.json')}
          />
        </ul>
      )}
      <p className="gap" role="status">
        {work && say('print.coming', { kb: Math.ceil(work.bytes / 1024) })}
        {saved && say('print.saved', { name: saved })}
      </p>
      {refusal && <Refused answer={refusal} />}
      <p className="hint gap">{say('print.care')}</p>
    </>
  )
}

function Tick({
  on,
  onChange,
  hint,
  children,
}: {
  on: boolean
  onChange: () => void
  hint?: string
  children: ReactNode
}) {
  return (
    <li className={`opt ${on ? 'on' : ''}`}>
      <label>
        <input type="checkbox" className="sr" checked={on} onChange={onChange} />
        <span className="box">{on && <Icon name="check" />}</span>
        <span className="grow">
          {children}
          {hint && <span className="hint block">{hint}</span>}
        </span>
      </label>
    </li>
  )
}
