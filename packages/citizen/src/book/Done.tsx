import { sayInstant } from '@sokhoe/ui/format'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { Link } from 'wouter'
import { FormGate } from '../declare/FormGate.tsx'
import { Screen } from '../parts/Screen.tsx'
import type { Card } from '../platform/api.ts'
import { useLoad } from '../platform/load.ts'
import { say } from '../platform/say.ts'
import { HealthCard } from './HealthCard.tsx'
import './book.css'

/** The first declaration is kept: here is the book's face, and what comes next. */
export const Done = () => <FormGate title={say('done.document')}>{() => <DonePage />}</FormGate>

function DonePage() {
  const card = useLoad<Card>('/api/me/card', 'card')
  return (
    <Screen
      title={say('done.document')}
      dock={
        <Link className="btn" href="/app/book">
          {say('done.open')}
        </Link>
      }
    >
      <div className="okline">
        <Icon name="done" />
        <div>
          <h1 className="title" tabIndex={-1}>
            {say('done.title')}
          </h1>
          {card.is === 'ready' && <p className="soft small num-c">{sayInstant(card.at)}</p>}
        </div>
      </div>
      {card.is === 'loading' && <Loading words={say('card.loading')} />}
      {card.is === 'refused' && <Refused answer={card.answer} again={card.again} />}
      {card.is === 'ready' && <HealthCard card={card.data} />}
      <h2 className="gap">{say('done.next')}</h2>
      <ol className="next">
        <NextStep n={1} strong={say('done.verify')} rest={say('done.verify.rest')} />
        <NextStep n={2} strong={say('done.measure')} rest={say('done.measure.rest')} />
        <NextStep n={3} strong={say('done.bring')} rest={say('done.bring.rest')} />
      </ol>
    </Screen>
  )
}

function NextStep({ n, strong, rest }: { n: number; strong: string; rest: string }) {
  return (
    <li>
      <span className="n" aria-hidden="true">
        {n}
      </span>
      <span>
        <b>{strong}</b> {rest}
      </span>
    </li>
  )
}
