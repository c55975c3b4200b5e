import { send } from '@sokhoe/ui/http'
import { useEffect, useState } from 'react'
import { wardName } from '../platform/api.ts'
import { say } from '../platform/say.ts'

type Located = {
  was: { name: string; fullName: string } | null
  today: readonly { code: string; name: string }[]
  by: 'whole' | 'street' | 'ask' | 'unknown'
}

/** Asked once somebody has stopped typing. */
const PAUSE_MS = 700

/** Which ward an address of before is in today; nothing for an address of today, without network, or where none is named. */
export function PlaceHint({ address }: { address: string }) {
  const [located, setLocated] = useState<Located>()
  useEffect(() => {
    setLocated(undefined)
    if (address.trim() === '') return
    let over = false
    const timer = setTimeout(async () => {
      const answer = await send<Located>('POST', '/api/places/locate', { address })
      if (!over && answer.is === 'ready') setLocated(answer.data)
    }, PAUSE_MS)
    return () => {
      over = true
      clearTimeout(timer)
    }
  }, [address])
  const { was, today = [], by } = located ?? {}
  const same = today.length === 1 && today[0]?.name === was?.name
  const told = was && !same && by !== 'unknown' ? { was: wardName({ code: '', name: was.fullName }) } : null
  return (
    <p className="hint" role="status">
      {told &&
        say(by === 'ask' ? 'identity.place.ask' : 'identity.place', {
          ...told,
          today: today.map(wardName).join(', '),
        })}
    </p>
  )
}
