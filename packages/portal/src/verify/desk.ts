import type { Answer } from '@sokhoe/ui/http'
import { useState } from 'react'
import { type Compared, compareCard, type Found, findPeople, openPerson, type Person } from './api.ts'

export interface AtDesk {
  readonly person: Person
  readonly how: Found['how'] | 'waiting'
  readonly present?: string | undefined
  /** The card that lies beside the book. */
  readonly shown?: { readonly card: string; readonly compared: Compared } | undefined
}

type Desk =
  | { readonly is: 'free' }
  | { readonly is: 'nobody' }
  | { readonly is: 'several'; readonly people: readonly Found[]; readonly card?: string | undefined }
  | ({ readonly is: 'person' } & AtDesk)

const isCard = (text: string): boolean => text.includes('|')
const FREE: Desk = { is: 'free' }

/** Who is at the desk: one field takes everything, a card that is scanned for somebody at the desk is compared. */
export function useDesk() {
  const [desk, setDesk] = useState<Desk>(FREE)
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Answer<unknown>>()

  const compared = async (at: AtDesk, card: string): Promise<void> => {
    const answer = await compareCard({ person: at.person.person, present: at.present }, card)
    if (answer.is === 'refused') setTrouble(answer)
    const shown = answer.is === 'ready' ? { card, compared: answer.data } : undefined
    setDesk({ is: 'person', ...at, shown })
  }
  const seat = async ({ how, present, ...person }: Found, card?: string): Promise<void> => {
    const at: AtDesk = { person, how, present }
    if (card === undefined) setDesk({ is: 'person', ...at })
    else await compared(at, card)
  }
  const found = async (text: string): Promise<void> => {
    const answer = await findPeople(text)
    if (answer.is === 'refused') return setTrouble(answer)
    const { people } = answer.data
    const [first, ...others] = people
    const card = isCard(text) ? text : undefined
    if (!first) return setDesk({ is: 'nobody' })
    if (others.length > 0) return setDesk({ is: 'several', people, card })
    await seat(first, card)
  }
  const during = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true)
    setTrouble(undefined)
    await work()
    setBusy(false)
  }
  return {
    desk,
    busy,
    trouble,
    free: () => {
      setDesk(FREE)
      setTrouble(undefined)
    },
    scan: (text: string) =>
      during(() => (desk.is === 'person' && isCard(text) ? compared(desk, text) : found(text))),
    choose: (one: Found) => during(() => seat(one, desk.is === 'several' ? desk.card : undefined)),
    open: (person: string) =>
      during(async () => {
        const answer = await openPerson(person)
        if (answer.is === 'refused') setTrouble(answer)
        else setDesk({ is: 'person', person: answer.data, how: 'waiting' })
      }),
  }
}
