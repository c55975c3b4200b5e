import { ageOn } from '@sokhoe/model/dates'
import type { Questionnaire } from '@sokhoe/model/questionnaire'
import type { BookHome, Line } from '@sokhoe/model/reading'
import { dayOf } from '@sokhoe/ui/format'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { Link } from 'wouter'
import { FormGate, type SignedIn } from '../declare/FormGate.tsx'
import { useBookLoad } from '../family/load.ts'
import { FamilySwitcher } from '../family/Switcher.tsx'
import { bookIn, useWhose } from '../family/whose.ts'
import { Screen } from '../parts/Screen.tsx'
import type { Me } from '../platform/api.ts'
import { say, sayOr } from '../platform/say.ts'
import { ResultTiles } from '../timeline/Results.tsx'
import { inWords, langOf } from '../timeline/words.ts'
import { AdviceList } from './AdviceList.tsx'
import { Contents } from './Contents.tsx'
import { Eid } from './Eid.tsx'
import { AccessRow } from './Looked.tsx'
import { NextActions } from './NextActions.tsx'
import { NoBookYet } from './NoBookYet.tsx'
import { Parts } from './Parts.tsx'
import { Tabs } from './Tabs.tsx'
import './book.css'
import '../timeline/timeline.css'

/** The first page: what must others know, what to do, how am I, who looked. */
export const Book = () => (
  <FormGate title={say('book.title')}>
    {(form, session) =>
      session.me.books.length > 0 ? (
        <BookPage form={form} session={session} />
      ) : (
        <NoBookYet session={session} tab="book" title={say('book.title')} />
      )
    }
  </FormGate>
)

function BookPage({ form, session }: { form: Questionnaire; session: SignedIn }) {
  const whose = useWhose()
  const home = useBookLoad<BookHome>('/home')
  const stale = home.is === 'ready' && home.stale ? home.at : undefined
  const known = bookIn(session.me.books, whose)
  return (
    <Screen title={say('book.title')} asOf={stale} tabs={<Tabs now="book" />}>
      <FamilySwitcher />
      <h1 className="title" tabIndex={-1}>
        {home.is === 'ready' ? home.data.person.name : (known?.name ?? '')}
      </h1>
      {home.is === 'loading' && <Loading words={say('book.loading')} />}
      {home.is === 'refused' && <Refused answer={home.answer} again={home.again} />}
      {home.is === 'ready' && <Page home={home.data} at={home.at} me={session.me} />}
      <Parts form={form} session={session} />
    </Screen>
  )
}

function Page({ home, at, me }: { home: BookHome; at: number; me: Me }) {
  return (
    <>
      <Whose person={home.person} at={at} />
      <Eid me={me} level={home.person.level} />
      <Allergies home={home} />
      {home.hidden && <Notice>{say('book.hidden')}</Notice>}
      <NextActions home={home} />
      {home.results.length > 0 && (
        <section>
          <h2 className="gap">{say('book.results')}</h2>
          <ResultTiles results={home.results} />
        </section>
      )}
      <Contents home={home} />
      {home.advice.length > 0 && <AdviceList advice={home.advice} />}
      <Visitors home={home} />
    </>
  )
}

function ageWords(birthDate: string, at: number): string {
  const age = ageOn(birthDate, dayOf(at))
  return age === null || age.min !== age.max ? '' : say('book.age', { n: age.min })
}

function Whose({ person, at }: { person: BookHome['person']; at: number }) {
  const { sex, birthDate, ward, level } = person
  const who = [sayOr(`sex.${sex}`, ''), ageWords(birthDate, at)].filter((part) => part !== '').join(', ')
  return (
    <>
      <p className="soft small">{[who, ward?.station ?? ''].filter((part) => part !== '').join(' · ')}</p>
      <p className="small whose">
        <span className={level === 'phone' ? 'tag watch' : 'tag good'}>
          <Icon name={level === 'phone' ? 'clock' : 'check'} />
          {sayOr(`level.${level}`, say('level.phone'))}
        </span>
      </p>
    </>
  )
}

const named = ({ title, detail }: Line): string =>
  detail ? `${inWords(title)} (${inWords(detail)})` : inWords(title)

/** None known, never asked, and some: three things, never one for another. */
function Allergies({ home: { allergies, told } }: { home: BookHome }) {
  const some = allergies.filter(({ absent }) => !absent)
  if (some.length > 0)
    return (
      <Notice tone="urgent">
        <b lang={some[0] && langOf(some[0].title)}>
          {say('book.allergic', { what: some.map(named).join(', ') })}
        </b>
      </Notice>
    )
  return <p className="soft gap">{told.allergy ? say('book.no-allergy') : say('book.allergy-not-told')}</p>
}

function Visitors({ home: { visitors } }: { home: BookHome }) {
  return (
    <section>
      <h2 className="gap">{say('book.visitors')}</h2>
      {visitors.length === 0 ? (
        <p className="soft">{say('looked.empty')}</p>
      ) : (
        <ul className="log">
          {visitors.map((access) => (
            <AccessRow key={`${access.at} ${access.did.vi}`} access={access} />
          ))}
        </ul>
      )}
      <p>
        <Link className="more" href="/app/looked">
          {say('book.visitors.all')}
        </Link>
      </p>
    </section>
  )
}
