import type { Line } from '@sokhoe/model/reading'
import { sayDay, sayInstant, sayQuantity } from '@sokhoe/ui/format'
import { useCutSince } from '@sokhoe/ui/online'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { Refused } from '@sokhoe/ui/parts/State'
import { useState } from 'react'
import { Link } from 'wouter'
import { bookApi } from '../family/whose.ts'
import { useLoad } from '../platform/load.ts'
import { currentLanguage, say } from '../platform/say.ts'
import { type Dispute, type Document, REASONS, type Reason } from './api.ts'
import { DisputeRow } from './Disputes.tsx'
import { useDeed } from './deed.ts'
import { Chips, Loaded, RightsScreen, Words } from './parts.tsx'

/** One line of the book: every version of it, who says so, and the way to say that it is wrong. */
export const LineScreen = ({ id }: { id: string }) => (
  <RightsScreen title={say('line.title')} back="/app/book">
    <LinePage id={id} />
  </RightsScreen>
)

const inWords = ({ vi, en }: { vi: string; en: string }): string => (currentLanguage() === 'vi' ? vi : en)

const measured = ({ value }: Line): string => (value ? sayQuantity(value.text, value.unit) : '')

function LinePage({ id }: { id: string }) {
  const line = useLoad<{ versions: Line[] }>(bookApi(`/lines/${id}`), 'line')
  const disputes = useLoad<Dispute[]>(bookApi('/disputes'), 'disputes')
  const here = disputes.is === 'ready' ? disputes.data.filter((one) => one.line === id) : []
  const waits = here.some(({ state }) => state !== 'answered')
  return (
    <Loaded load={line}>
      {({ versions }) => {
        const [now] = versions
        return (
          <>
            {now && <Stands line={now} />}
            {versions.length > 1 && <Versions versions={versions} />}
            {here.length > 0 && (
              <section aria-labelledby="disputes-here">
                <h2 id="disputes-here">{say('line.disputes')}</h2>
                <ul className="deeds">
                  {here.map((dispute) => (
                    <DisputeRow key={dispute.number} dispute={dispute} />
                  ))}
                </ul>
              </section>
            )}
            {now?.source.kind === 'self' ? (
              <p>
                <Link href={`/app/mine/statements/${id}`}>{say('line.own')}</Link>
              </p>
            ) : (
              !waits && disputes.is === 'ready' && <DisputeForm line={id} sent={() => disputes.again()} />
            )}
          </>
        )
      }}
    </Loaded>
  )
}

function Stands({ line }: { line: Line }) {
  const { title, detail, source, date } = line
  return (
    <>
      <h2>
        {inWords(title)} {measured(line)}
      </h2>
      {detail && <p>{inWords(detail)}</p>}
      <p className="soft">
        {source.place ?? say(`source.${source.kind}`)}
        {date && (
          <>
            {' · '}
            <span className="num-c">{date.length > 10 ? sayInstant(date) : sayDay(date)}</span>
          </>
        )}
      </p>
    </>
  )
}

function Versions({ versions }: { versions: readonly Line[] }) {
  return (
    <section aria-labelledby="versions">
      <h2 id="versions">{say('line.versions')}</h2>
      <ol className="deeds">
        {versions.map((line) => (
          <li key={line.version}>
            <p>
              {say('line.version', { n: line.version })}: {inWords(line.title)} {measured(line)}{' '}
              {line.status === 'entered-in-error' && (
                <span className="tag quiet">{say('dispute.answer.withdrawn')}</span>
              )}
            </p>
          </li>
        ))}
      </ol>
    </section>
  )
}

function useDisputing(line: string, sent: () => void) {
  const [reason, setReason] = useState<Reason>()
  const [words, setWords] = useState('')
  const [document, setDocument] = useState('')
  const deed = useDeed()
  const sendIt = async () => {
    const body = { line, reason, words, ...(document !== '' && { document }) }
    const answer = await deed.run('POST', bookApi('/disputes'), body)
    if (answer.is === 'ready') sent()
  }
  return { reason, setReason, words, setWords, document, setDocument, deed, sendIt }
}

function DisputeForm({ line, sent }: { line: string; sent: () => void }) {
  const [open, setOpen] = useState(false)
  const form = useDisputing(line, sent)
  const documents = useLoad<Document[]>(open ? bookApi('/documents') : undefined, 'documents')
  const cut = useCutSince() !== undefined
  if (cut) return <p className="hint">{say('rights.offline')}</p>
  if (!open)
    return (
      <button type="button" className="btn second wide" onClick={() => setOpen(true)}>
        {say('dispute.open')}
      </button>
    )
  const papers = documents.is === 'ready' ? documents.data.filter(({ own, ended }) => own && !ended) : []
  return (
    <section aria-labelledby="dispute-title">
      <h2 id="dispute-title">{say('dispute.open')}</h2>
      <Notice>{say('dispute.what')}</Notice>
      <Chips
        legend={say('dispute.reason')}
        options={REASONS}
        value={form.reason}
        word={(reason) => say(`dispute.reason.${reason}`)}
        onPick={form.setReason}
      />
      <Words
        label={say('dispute.words')}
        hint={say('dispute.words.hint')}
        value={form.words}
        onText={form.setWords}
      />
      {papers.length > 0 && (
        <div className="field">
          <label htmlFor="dispute-paper">{say('dispute.document')}</label>
          <select
            id="dispute-paper"
            className="input"
            value={form.document}
            onChange={(event) => form.setDocument(event.currentTarget.value)}
          >
            <option value="">{say('dispute.document.none')}</option>
            {papers.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        </div>
      )}
      {form.deed.refusal && <Refused answer={form.deed.refusal} />}
      <button
        type="button"
        className="btn wide"
        disabled={!form.reason || form.deed.busy}
        onClick={() => void form.sendIt()}
      >
        {say('dispute.send')}
      </button>
    </section>
  )
}
