import { type Answer, send } from '@sokhoe/ui/http'
import { createStore } from '@sokhoe/ui/store'

export type Role = 'station' | 'station-lead' | 'department' | 'privacy'

/** Who is at work, as the server tells it. */
export type Staff = {
  user: string
  name: string
  role: Role
  ward: string | null
  wardName: string | null
  facility: string
  stationName: string | null
}

/** `ended`: the shift ended while a screen stood open; what was typed there waits for the same person. */
type Session =
  | { is: 'unknown' }
  | { is: 'unreached'; answer: Refusal }
  | { is: 'out' }
  | { is: 'in'; staff: Staff }
  | { is: 'ended'; staff: Staff }
type Refusal = Extract<Answer<Staff>, { is: 'refused' }>

const session = createStore<Session>({ is: 'unknown' })
export const useSession = session.use

/** Who is at work, for screens: they are drawn only while somebody is. */
export function useStaff(): Staff {
  const now = useSession()
  if (now.is !== 'in' && now.is !== 'ended') throw new Error('nobody is at work')
  return now.staff
}

/** Asks the server who is at work, when the app opens. */
export async function refreshSession(): Promise<void> {
  const answer = await send<Staff>('GET', '/api/staff/me')
  if (answer.is === 'ready') session.set({ is: 'in', staff: answer.data })
  else if (answer.status === 401) session.set({ is: 'out' })
  else session.set({ is: 'unreached', answer })
}

export async function signIn(proof: {
  user: string
  password: string
  code: string
}): Promise<Answer<Staff>> {
  const answer = await send<Staff>('POST', '/api/staff/sign-in', proof)
  if (answer.is === 'ready') session.set({ is: 'in', staff: answer.data })
  return answer
}

export async function signOut(): Promise<Answer<undefined>> {
  const answer = await send<undefined>('POST', '/api/staff/sign-out', {})
  if (answer.is === 'ready' || answer.status === 401) session.set({ is: 'out' })
  return answer
}

/** The server said that the shift has ended. */
export function sessionEnded(): void {
  const now = session.get()
  if (now.is === 'in') session.set({ is: 'ended', staff: now.staff })
}

/** Calls back once somebody is at work again. */
export const onReturn = (work: () => void): (() => void) =>
  session.watch(() => {
    if (session.get().is === 'in') work()
  })
