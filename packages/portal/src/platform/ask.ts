import { type Answer, send, sendForFile } from '@sokhoe/ui/http'
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

/** Fetches a file and gives it to the browser to keep or to print. */
export async function askForFile(
  method: 'GET' | 'POST',
  path: string,
  name: string,
  body?: unknown,
): Promise<Answer<Blob>> {
  const answer = await sendForFile(method, path, body)
  if (answer.status === 401) sessionEnded()
  if (answer.is === 'ready') giveFile(answer.data, name)
  return answer
}

/** As a download under this name. */
export function giveFile(content: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(content)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}
