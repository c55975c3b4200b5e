import { PATIENTS_A_HOME } from '../platform/ids.ts'
import type { ProxyRow } from './tables.ts'

/** A proxy as it is told and written down: in whose book, and its number there. */
export interface NamedProxy {
  readonly home: number
  readonly id: number
}

/**
 * A proxy as it stands now: whose book it is and who acts, by the persons they are today. In a book that others have
 * joined, two proxies may have one number: there it is told with the home that keeps it.
 */
export const asItStands = (row: ProxyRow): ProxyRow => ({
  ...row,
  home: row.person ?? row.home,
  holder: row.acts ?? row.holder,
  proxy_id: row.person === null ? row.proxy_id : numberInMany({ home: row.home, id: row.proxy_id }),
})

/** The number under which a proxy of a book that others have joined is told. */
export const numberInMany = ({ home, id }: NamedProxy): number => home * PATIENTS_A_HOME + id

/** Where the row of a proxy lies, by its name: whoever was given the name makes sure that the home is the book's. */
export const placeOfProxy = ({ home, id }: NamedProxy): { home: number; proxy_id: number } =>
  id < PATIENTS_A_HOME
    ? { home, proxy_id: id }
    : { home: Math.floor(id / PATIENTS_A_HOME), proxy_id: id % PATIENTS_A_HOME }
