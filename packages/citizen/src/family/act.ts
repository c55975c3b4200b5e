import { type Answer, send } from '@sokhoe/ui/http'
import type { Refusal } from '@sokhoe/ui/parts/State'
import { useState } from 'react'

/** One thing that a button does at the server: busy meanwhile, and what came of it where it was refused. */
export function useAct() {
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const act = async <T>(
    method: 'POST' | 'PUT' | 'DELETE',
    path: string,
    body?: object,
  ): Promise<Extract<Answer<T>, { is: 'ready' }> | undefined> => {
    setBusy(true)
    setRefusal(undefined)
    const answer = await send<T>(method, path, body)
    setBusy(false)
    if (answer.is === 'ready') return answer
    setRefusal(answer)
    return undefined
  }
  return { busy, refusal, act }
}
