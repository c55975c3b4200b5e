import { type Answer, send } from '@sokhoe/ui/http'
import type { Refusal } from '@sokhoe/ui/parts/State'
import { newUuid } from '@sokhoe/ui/vault'
import { useRef, useState } from 'react'

export type Deed = {
  busy: boolean
  refusal: Refusal | undefined
  /** Sends with a number of its own, the same until it arrived: what is sent again is one deed. */
  run: <T>(method: 'POST' | 'PUT', path: string, body: object) => Promise<Answer<T>>
  forget: () => void
}

/** Something that a person does once, however often the network makes her try. */
export function useDeed(): Deed {
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const uuid = useRef(newUuid())
  const run = async <T>(method: 'POST' | 'PUT', path: string, body: object): Promise<Answer<T>> => {
    setBusy(true)
    const answer = await send<T>(method, path, { uuid: uuid.current, ...body })
    setBusy(false)
    setRefusal(answer.is === 'refused' ? answer : undefined)
    if (answer.is === 'ready') uuid.current = newUuid()
    return answer
  }
  return { busy, refusal, run, forget: () => setRefusal(undefined) }
}
