import { sayDay } from '@sokhoe/ui/format'
import { Dialog } from '@sokhoe/ui/parts/Dialog'
import { ActRow } from '@sokhoe/ui/parts/Rows'
import { Refused } from '@sokhoe/ui/parts/State'
import { useState } from 'react'
import { bookApi } from '../family/whose.ts'
import { useLoad } from '../platform/load.ts'
import { say } from '../platform/say.ts'
import type { Document } from './api.ts'
import { useDeed } from './deed.ts'
import { Loaded, RightsScreen } from './parts.tsx'

/** Photos and papers in the book. */
export const Documents = () => (
  <RightsScreen title={say('papers.title')}>
    <DocumentsPage />
  </RightsScreen>
)

function DocumentsPage() {
  const load = useLoad<Document[]>(bookApi('/documents'), 'documents')
  const [shown, setShown] = useState<Document>()
  return (
    <>
      <p className="soft">{say('papers.what')}</p>
      <ul className="acts">
        <ActRow icon="plus" title={say('papers.add')} to="/app/mine/documents/new" />
      </ul>
      <Loaded load={load}>
        {(documents) => {
          const standing = documents.filter(({ ended }) => !ended)
          return (
            <>
              {standing.length === 0 && <p className="soft">{say('papers.empty')}</p>}
              <ul className="acts">
                {standing.map((document) => (
                  <ActRow
                    key={document.id}
                    icon="image"
                    title={document.title}
                    hint={[say(`paper.${document.paper}`), document.date && sayDay(document.date)]
                      .filter(Boolean)
                      .join(' · ')}
                    onClick={() => setShown(document)}
                  />
                ))}
              </ul>
            </>
          )
        }}
      </Loaded>
      {shown && (
        <Shown
          document={shown}
          close={() => setShown(undefined)}
          removed={() => {
            setShown(undefined)
            if (load.is !== 'loading') load.again()
          }}
        />
      )}
    </>
  )
}

function Shown({ document, close, removed }: { document: Document; close: () => void; removed: () => void }) {
  const { id, title, mediaType, own, version } = document
  const deed = useDeed()
  const path = bookApi(`/documents/${id}/content`)
  const remove = async () => {
    const answer = await deed.run('PUT', bookApi(`/statements/${id}`), { version })
    if (answer.is === 'ready') removed()
  }
  return (
    <Dialog title={title} leave={say('papers.close')} onClose={close}>
      {mediaType.startsWith('image/') ? (
        <img className="paper-shown" src={path} alt={say('papers.alt', { title })} />
      ) : (
        <p>
          <a href={path} download>
            {say('papers.save')}
          </a>
        </p>
      )}
      {deed.refusal && <Refused answer={deed.refusal} />}
      {own && (
        <button type="button" className="btn second wide" disabled={deed.busy} onClick={() => void remove()}>
          {say('papers.remove')}
        </button>
      )}
    </Dialog>
  )
}
