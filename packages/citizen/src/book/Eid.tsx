import { send } from '@sokhoe/ui/http'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { type Refusal, Refused } from '@sokhoe/ui/parts/State'
import { useState } from 'react'
import { useSearch } from 'wouter'
import { useWhose } from '../family/whose.ts'
import type { Me } from '../platform/api.ts'
import { say } from '../platform/say.ts'

const WORDS = ['agreed', 'known', 'differs', 'ended', 'refused', 'unreachable'] as const
const GOOD: readonly string[] = ['agreed', 'known']

/** What came of it, when she comes back from the national service. */
function Outcome() {
  const came = new URLSearchParams(useSearch()).get('eid')
  const word = WORDS.find((one) => one === came)
  if (word === undefined) return null
  const isGood = GOOD.includes(word)
  return (
    <Notice tone={isGood ? 'good' : 'watch'} alert={!isGood}>
      {say(`eid.${word}`)}
    </Notice>
  )
}

/** Her own book confirmed by the national electronic identity, where the house is connected to it. */
export function Eid({ me, level }: { me: Me; level: string }) {
  const [refusal, setRefusal] = useState<Refusal>()
  const whose = useWhose()
  if (!me.eid || whose !== 'own') return null
  const begin = async () => {
    const answer = await send<{ url: string }>('POST', '/api/identity/eid', {})
    if (answer.is === 'ready') location.assign(answer.data.url)
    else setRefusal(answer.is === 'refused' ? answer : undefined)
  }
  return (
    <>
      <Outcome />
      {level !== 'national' && (
        <button type="button" className="btn second" onClick={() => void begin()}>
          {say('eid.begin')}
        </button>
      )}
      {refusal && <Refused answer={refusal} />}
    </>
  )
}
