import { type ReadDate, readTypedDate, typedDateOf } from '@sokhoe/ui/form/typed.ts'
import { sayDay, sayInstant } from '@sokhoe/ui/format'
import { DateFields } from '@sokhoe/ui/parts/DateFields'
import { Field } from '@sokhoe/ui/parts/Field'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { Refused } from '@sokhoe/ui/parts/State'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { bookApi } from '../family/whose.ts'
import { useLoad } from '../platform/load.ts'
import { say } from '../platform/say.ts'
import { type Said, STATEMENT_KINDS, type Statement, type StatementKind } from './api.ts'
import { useDeed } from './deed.ts'
import { Chips, Loaded, RightsScreen, Words } from './parts.tsx'

const LIST = '/app/mine/statements'

/** A new statement of one kind. */
export function NewStatement({ kind }: { kind: string }) {
  const known = STATEMENT_KINDS.find((one) => one === kind) ?? 'condition'
  return (
    <RightsScreen title={say(`mine.add.${known}`)} back={LIST}>
      <StatementForm kind={known} />
    </RightsScreen>
  )
}

/** One that was stated before: changed, or no longer so. */
export function EditStatement({ id }: { id: string }) {
  return (
    <RightsScreen title={say('mine.edit')} back={LIST}>
      <EditPage id={id} />
    </RightsScreen>
  )
}

function EditPage({ id }: { id: string }) {
  const load = useLoad<{ versions: Statement[] }>(bookApi(`/statements/${id}`))
  return (
    <Loaded load={load}>
      {({ versions: [now] }) =>
        now ? (
          <StatementForm
            key={now.version}
            kind={now.kind}
            before={now}
            read={() => load.is !== 'loading' && load.again()}
          />
        ) : null
      }
    </Loaded>
  )
}

const whenOf = (read: ReadDate): string | undefined => (read.ok ? read.date : undefined)
const faultOf = (read: ReadDate): string | undefined =>
  read.ok || read.reason === 'empty' ? undefined : say(`date.${read.reason}`)

type Content = { name: string; note: string; who: string; healed: boolean }
const contentOf = (before: Statement | undefined): Content => ({
  name: before?.name ?? '',
  note: before?.note ?? '',
  who: before?.who ?? '',
  healed: before?.healed ?? false,
})

const saidOf = (
  kind: StatementKind,
  { name, note, who, healed }: Content,
  when: string | undefined,
): Said => ({
  kind,
  name,
  ...(when && { when }),
  ...(note && { note }),
  ...(kind === 'family' && who && { who }),
  ...(kind === 'condition' && healed && { healed }),
})

function useStatement(kind: StatementKind, before: Statement | undefined) {
  const [content, setContent] = useState(contentOf(before))
  const [date, setDate] = useState(typedDateOf(before?.when ?? undefined))
  const [asked, setAsked] = useState(false)
  const deed = useDeed()
  const [, go] = useLocation()
  const when = readTypedDate(date)
  const path = before ? bookApi(`/statements/${before.id}`) : bookApi('/statements')
  const sendIt = async (said: Said | undefined, version = before?.version) => {
    const body = { ...(version !== undefined && { version }), ...(said && { said }) }
    const answer = await deed.run(before ? 'PUT' : 'POST', path, body)
    if (answer.is === 'ready') go(LIST)
  }
  const save = async (version?: number) => {
    setAsked(true)
    if (content.name.trim() === '' || faultOf(when)) return
    await sendIt(saidOf(kind, content, whenOf(when)), version)
  }
  return { content, setContent, date, setDate, asked, deed, when, save, end: () => sendIt(undefined) }
}

function StatementForm({
  kind,
  before,
  read,
}: {
  kind: StatementKind
  before?: Statement
  read?: () => void
}) {
  const { content, setContent, date, setDate, asked, deed, when, save, end } = useStatement(kind, before)
  const changed = deed.refusal?.code === 'book.changed-meanwhile'
  return (
    <>
      {before && (
        <p className="hint num-c">
          {say('mine.version', { n: before.version, when: sayInstant(before.at) })}
        </p>
      )}
      <Field
        label={say(`mine.name.${kind}`)}
        value={content.name}
        maxLength={200}
        error={asked && content.name.trim() === '' ? say('fault.required') : undefined}
        onText={(name) => setContent({ ...content, name })}
      />
      {kind === 'family' && (
        <Field
          label={say('mine.who')}
          value={content.who}
          maxLength={100}
          onText={(who) => setContent({ ...content, who })}
        />
      )}
      {kind !== 'family' && (
        <DateFields
          id="when"
          legend={say(`mine.when.${kind}`)}
          hint={say('mine.when.hint')}
          value={date}
          error={asked ? faultOf(when) : undefined}
          onChange={setDate}
        />
      )}
      {kind === 'condition' && (
        <Chips
          legend={say('mine.is-healed')}
          options={['no', 'yes'] as const}
          value={content.healed ? 'yes' : 'no'}
          word={(one) => say(one)}
          onPick={(one) => setContent({ ...content, healed: one === 'yes' })}
        />
      )}
      <Words
        label={say(`mine.note.${kind}`)}
        value={content.note}
        onText={(note) => setContent({ ...content, note })}
      />
      {changed && before && (
        <ChangedMeanwhile id={before.id} take={read} keep={(version) => void save(version)} />
      )}
      {deed.refusal && !changed && <Refused answer={deed.refusal} />}
      <div className="form-end">
        <button type="button" className="btn wide" disabled={deed.busy} onClick={() => void save()}>
          {say('mine.save')}
        </button>
        {before && !before.ended && (
          <button type="button" className="btn second wide" disabled={deed.busy} onClick={() => void end()}>
            {say('mine.end')}
          </button>
        )}
      </div>
    </>
  )
}

/** Two devices: what the other one wrote stands beside what is being written here, and nothing is lost. */
function ChangedMeanwhile({
  id,
  take,
  keep,
}: {
  id: string
  take: (() => void) | undefined
  keep: (version: number) => void
}) {
  const load = useLoad<{ versions: Statement[] }>(bookApi(`/statements/${id}`))
  const other = load.is === 'ready' ? load.data.versions[0] : undefined
  return (
    <Notice tone="watch" alert>
      <p className="b">{say('mine.changed')}</p>
      {other && (
        <p>
          {say('mine.changed.other')}{' '}
          {[other.name, other.when && sayDay(other.when), other.note].filter(Boolean).join(' · ')}
        </p>
      )}
      <button type="button" className="btn second wide gap" onClick={take}>
        {say('mine.changed.take')}
      </button>
      {other && (
        <button type="button" className="btn second wide gap" onClick={() => keep(other.version)}>
          {say('mine.changed.keep')}
        </button>
      )}
    </Notice>
  )
}
