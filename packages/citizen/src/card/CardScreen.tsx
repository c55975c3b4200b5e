import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { HealthCard } from '../book/HealthCard.tsx'
import { NoBookYet } from '../book/NoBookYet.tsx'
import { Tabs } from '../book/Tabs.tsx'
import { FormGate } from '../declare/FormGate.tsx'
import { bookApi, bookCopy, useWhose } from '../family/whose.ts'
import { Screen } from '../parts/Screen.tsx'
import type { Card } from '../platform/api.ts'
import { useLoad } from '../platform/load.ts'
import { say } from '../platform/say.ts'
import { LiveCode } from './LiveCode.tsx'
import { PrintedCode } from './PrintedCode.tsx'
import '../book/book.css'
import './card.css'

export const CardScreen = () => (
  <FormGate title={say('card.name')}>
    {(_, session) =>
      session.me.books.length > 0 ? (
        <CardPage />
      ) : (
        <NoBookYet session={session} tab="card" title={say('card.name')} />
      )
    }
  </FormGate>
)

function CardPage() {
  const whose = useWhose()
  const card = useLoad<Card>(bookApi('/card', whose), bookCopy('card', whose))
  return (
    <Screen
      title={say('card.name')}
      asOf={card.is === 'ready' && card.stale ? card.at : undefined}
      tabs={<Tabs now="card" />}
    >
      <h1 className="title" tabIndex={-1}>
        {say('card.name')}
      </h1>
      {card.is === 'loading' && <Loading words={say('card.loading')} />}
      {card.is === 'refused' && <Refused answer={card.answer} again={card.again} />}
      {card.is === 'ready' && (
        <>
          <LiveCode key={whose} whose={whose} />
          <section className="codes" aria-labelledby="printed-title">
            <h2 id="printed-title">{say('printed.title')}</h2>
            <HealthCard card={card.data} />
            <p className="hint">{say('card.what')}</p>
            <PrintedCode key={whose} whose={whose} card={card.data} renewed={card.again} />
          </section>
        </>
      )}
    </Screen>
  )
}
