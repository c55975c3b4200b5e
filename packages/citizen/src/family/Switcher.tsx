import { Icon } from '@sokhoe/ui/parts/Icon'
import { Link } from 'wouter'
import type { Book } from '../platform/api.ts'
import { say } from '../platform/say.ts'
import { useSession } from '../platform/session.ts'
import { MoveNotice } from './MoveNotice.tsx'
import { openBookOf, useWhose, type Whose } from './whose.ts'
import './family.css'

/** As many faces as fit in one row of a small phone beside the way to all of them. */
const MOST_SHOWN = 4

/** "Gia Bảo" of "Trần Nguyễn Gia Bảo": what the family says. */
const shortName = (name: string): string => name.split(' ').slice(-2).join(' ')

/** The letter in the circle: of the given name, which comes last. */
const letterOf = (name: string): string => (name.split(' ').at(-1) ?? '').slice(0, 1).toUpperCase()

const whoseIs = (book: Book): Whose => (book.relation === 'self' ? 'own' : book.person)

/** The open book is among those shown, however many there are. */
function shownOf(books: readonly Book[], whose: Whose): readonly Book[] {
  const first = books.slice(0, MOST_SHOWN)
  const open = books.find((book) => whoseIs(book) === whose)
  return open && !first.includes(open) ? [...first.slice(0, -1), open] : first
}

/** First row of the book: whose books are on this phone, and which is open. Hidden while there is one only. */
export function FamilySwitcher() {
  const session = useSession()
  const whose = useWhose()
  const books = session.is === 'in' ? session.me.books : []
  if (books.length < 2) return <MoveNotice />
  const hidden = books.length > MOST_SHOWN
  return (
    <>
      <MoveNotice />
      <nav className="fam" aria-label={say('family.nav')}>
        {shownOf(books, whose).map((book) => (
          <button
            key={book.person}
            type="button"
            aria-current={whoseIs(book) === whose ? 'true' : undefined}
            onClick={() => openBookOf(whoseIs(book))}
          >
            <span className="av" aria-hidden="true">
              {letterOf(book.name)}
            </span>
            {book.relation === 'self' ? say('family.me') : shortName(book.name)}
          </button>
        ))}
        <Link href={hidden ? '/app/family' : '/app/family/add'}>
          <span className="av add" aria-hidden="true">
            <Icon name={hidden ? 'users' : 'plus'} />
          </span>
          {hidden ? say('family.all', { n: books.length }) : say('family.add')}
        </Link>
      </nav>
    </>
  )
}

/** Whose book is open, said on every screen while it is somebody else's. */
export function ActingBanner() {
  const session = useSession()
  const whose = useWhose()
  if (session.is !== 'in' || whose === 'own') return null
  const book = session.me.books.find((one) => one.person === whose)
  if (!book) return null
  return (
    <aside className="acting" aria-label={say('family.whose')}>
      <Icon name="users" />
      <span className="grow">{say('family.acting', { name: book.name })}</span>
      <button type="button" className="link" onClick={() => openBookOf('own')}>
        {say('family.back-to-mine')}
      </button>
    </aside>
  )
}
