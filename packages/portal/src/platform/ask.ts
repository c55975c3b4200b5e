import { type Answer, send } from '@sokhoe/ui/http'
import { type Load, useLoadAt } from '@sokhoe/ui/load'
import { createVault } from '@sokhoe/ui/vault'
import { onReturn, sessionEnded } from './session.ts'

const PLACE = { vault: createVault('sokhoe-portal'), signedOut: sessionEnded, onReturn }

/** Data of the server for a screen. Nothing is kept on this computer: it belongs to a station, not to a person. */
export const useLoad = <T>(path: string | undefined): Load<T> => useLoadAt<T>(PLACE, path)

/** As `send`; where the shift has ended, whoever works is asked to sign in and the screen stays as it is. */
export async function ask<T>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
): Promise<Answer<T>> {
  const answer = await send<T>(method, path, body)
  if (answer.status === 401) sessionEnded()
  return answer
}
