import { factsOf as adviceFacts, adviseFrom } from '@sokhoe/model/advice'
import { enabled, progress, type Questionnaire, textOf } from '@sokhoe/model/questionnaire'
import { dayOf, sayDay, sayInstant } from '@sokhoe/ui/format'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { ActRow } from '@sokhoe/ui/parts/Rows'
import { Source } from '@sokhoe/ui/parts/Source'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { useMemo } from 'react'
import { declaredIn, resourcesOf } from '../declare/declared.ts'
import { useDrafts } from '../declare/drafts.ts'
import { FormGate, type SignedIn } from '../declare/FormGate.tsx'
import { furtherParts, partItem } from '../declare/steps.ts'
import { FamilySwitcher } from '../family/Switcher.tsx'
import { bookApi, bookCopy, bookIn, useWhose } from '../family/whose.ts'
import { Screen } from '../parts/Screen.tsx'
import { type Bundle, type Card, type Resource, wardName } from '../platform/api.ts'
import { useLoad } from '../platform/load.ts'
import { currentLanguage, say, sayOr } from '../platform/say.ts'
import { AdviceList } from './AdviceList.tsx'
import { type Fact, factsIn, isNone, SECTIONS, saySection } from './facts.ts'
import { NoBookYet } from './NoBookYet.tsx'
import { Tabs } from './Tabs.tsx'
import { type Words, wordsIn } from './words.ts'
import './book.css'

/** My book: what others must know of me, what to do, what I declared and who says so. */
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
  const own = whose === 'own'
  const record = useLoad<Bundle>(
    own ? '/api/me/record' : bookApi('/declared', whose),
    bookCopy('record', whose),
  )
  const card = useLoad<Card>(own ? '/api/me/card' : undefined, 'card')
  const stale = record.is === 'ready' && record.stale ? record.at : undefined
  const name = bookIn(session.me.books, whose)?.name ?? ''
  return (
    <Screen title={say('book.title')} asOf={stale} tabs={<Tabs now="book" />}>
      <FamilySwitcher />
      <h1 className="title" tabIndex={-1}>
        {own && card.is === 'ready' ? card.data.name : name}
      </h1>
      {own && card.is === 'ready' && <Whose card={card.data} />}
      {record.is === 'loading' && <Loading words={say('book.loading')} />}
      {record.is === 'refused' && <Refused answer={record.answer} again={record.again} />}
      {record.is === 'ready' && <Contents form={form} bundle={record.data} at={record.at} />}
    </Screen>
  )
}

function Whose({ card }: { card: Card }) {
  const parts = [sayOr(`sex.${card.sex}`, ''), sayDay(card.birthDate), card.ward ? wardName(card.ward) : '']
  return (
    <>
      <p className="soft small">{parts.filter((part) => part !== '').join(' · ')}</p>
      <p className="small whose">
        <span className={card.level === 'phone' ? 'tag watch' : 'tag good'}>
          <Icon name={card.level === 'phone' ? 'clock' : 'check'} />
          {sayOr(`level.${card.level}`, say('level.phone'))}
        </span>
      </p>
    </>
  )
}

function Contents({ form, bundle, at }: { form: Questionnaire; bundle: Bundle; at: number }) {
  const resources = useMemo(() => (bundle.entry ?? []).flatMap(({ resource }) => resource ?? []), [bundle])
  const declared = useMemo(() => declaredIn(form, bundle), [form, bundle])
  const advice = adviseFrom(adviceFacts(declared, dayOf(at)))
  const facts = factsIn(resources)
  return (
    <>
      <Allergies resources={resourcesOf(bundle, 'AllergyIntolerance')} />
      {advice.length > 0 && <AdviceList advice={advice} />}
      <Parts form={form} declared={declared} />
      <Facts facts={facts} words={wordsIn(form, currentLanguage())} />
    </>
  )
}

function Allergies({ resources }: { resources: readonly Resource[] }) {
  const facts = factsIn(resources.filter((one) => !isNone(one)))
  if (facts.length > 0)
    return (
      <Notice tone="urgent">
        <b>{say('book.allergic', { what: facts.map((fact) => fact.text).join(', ') })}</b>
      </Notice>
    )
  return (
    <p className="soft gap">{resources.length > 0 ? say('book.no-allergy') : say('book.allergy-not-told')}</p>
  )
}

function Parts({ form, declared }: { form: Questionnaire; declared: Parameters<typeof progress>[1] }) {
  const { drafts } = useDrafts()
  const language = currentLanguage()
  const parts = furtherParts(form, enabled(form, declared))
  const begun = drafts.get('first')
  return (
    <section>
      <h2 className="gap">{say('book.tell-more')}</h2>
      <ul className="acts">
        <ActRow
          icon="edit"
          title={say('book.edit-first')}
          hint={begun ? say('book.unsent') : say('book.edit-first.hint')}
          to={`/app/declare/first/${begun?.step ?? 1}`}
        />
        {parts.map((part) => {
          const draft = drafts.get(part)
          const { answered, asked } = progress(form, draft?.response ?? declared, part)
          const item = partItem(form, part)
          const hint = `${say('book.progress', { n: answered, of: asked })}${draft ? ` · ${say('book.unsent')}` : ''}`
          return (
            <ActRow
              key={part}
              icon={answered === asked ? 'done' : 'list'}
              title={item ? textOf(item, language) : part}
              hint={hint}
              to={`/app/declare/${part}/${draft?.step ?? 1}`}
            />
          )
        })}
      </ul>
    </section>
  )
}

function Facts({ facts, words }: { facts: readonly Fact[]; words: Words }) {
  if (facts.length === 0) return <p className="soft gap">{say('book.empty')}</p>
  return (
    <section>
      <h2 className="gap">{say('book.declared')}</h2>
      {SECTIONS.map((section) => {
        const own = facts.filter((fact) => fact.section === section)
        if (own.length === 0) return null
        return (
          <section key={section} className="facts">
            <h3>{saySection(section)}</h3>
            <ul>
              {own.map((fact) => (
                <FactLine key={fact.id} fact={fact} words={words} />
              ))}
            </ul>
          </section>
        )
      })}
    </section>
  )
}

function FactLine({ fact, words }: { fact: Fact; words: Words }) {
  const { text, detail } = fact
  return (
    <li>
      <p>
        <InWords text={text} words={words} strong />
        {detail !== '' && (
          <span className="detail">
            {' '}
            <InWords text={detail} words={words} />
          </span>
        )}
      </p>
      <p className="said">
        <Source kind={fact.source} {...(fact.place !== undefined && { text: fact.place })} />
        {fact.at !== '' && <time dateTime={fact.at}>{sayInstant(fact.at)}</time>}
      </p>
    </li>
  )
}

/** What a source wrote stays as written; words of our own form are known in the reader's language. */
function InWords({ text, words, strong = false }: { text: string; words: Words; strong?: boolean }) {
  const known = words.get(text)
  const lang = known === undefined && /\p{L}/u.test(text) ? 'vi' : undefined
  return strong ? <b lang={lang}>{known ?? text}</b> : <span lang={lang}>{known ?? text}</span>
}
