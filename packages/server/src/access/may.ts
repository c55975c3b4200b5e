import type { Actor } from '../platform/context.ts'

export type Action = 'record.read' | 'record.declare' | 'book.card'

/**
 * The rule itself, pure: may this actor do this to this person's record?
 *
 * Denied unless a line says otherwise. A resident reaches the books her session has opened and no others: a telephone
 * whose book is above phone level opens nothing until this device or a card has shown who holds it.
 */
export function may(actor: Actor, _action: Action, home: number): boolean {
  switch (actor.kind) {
    case 'resident':
      return actor.books.includes(home)
    case 'system':
      return true
    case 'nobody':
    case 'staff':
      return false
  }
}
