import type { Answer } from '@sokhoe/ui/http'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useLoad } from '../platform/ask.ts'
import { type Choice, decideCase, LIST, type Listed, type Opened, openCase, undoLast } from './api.ts'

type Asked = Promise<Answer<Opened>>

/** What was just done, for a line that is read out. */
export type Done =
  | { readonly is: 'decided'; readonly choice: Choice; readonly state: 'stands' | 'waits' }
  | { readonly is: 'undone' }

/** Cases that were asked for and not used yet; the next one is there before it is needed. */
function useOpened() {
  const asked = useRef(new Map<string, Asked>())
  const fetch = useCallback((name: string): Asked => {
    const known = asked.current.get(name)
    if (known) return known
    const answer = openCase(name)
    asked.current.set(name, answer)
    void answer.then((came) => {
      if (came.is === 'refused') asked.current.delete(name)
    })
    return answer
  }, [])
  const forget = useCallback((name: string) => void asked.current.delete(name), [])
  return { fetch, forget }
}

interface Shown {
  readonly name: string
  readonly answer: Answer<Opened>
  /** Since when it lies there, ms. */
  readonly at: number
}

/** The case that lies open; whatever was asked for before is there at once. */
function useShown(current: string | undefined, next: string | undefined) {
  const { fetch, forget } = useOpened()
  const [shown, setShown] = useState<Shown>()
  const wanted = useRef(current)
  wanted.current = current
  const open = useCallback(
    async (name: string): Promise<void> => {
      const answer = await fetch(name)
      if (wanted.current === name) setShown({ name, answer, at: Date.now() })
    },
    [fetch],
  )
  useEffect(() => {
    if (current !== undefined) void open(current)
  }, [current, open])
  const isThere = shown !== undefined && shown.name === current
  useEffect(() => {
    if (isThere && next !== undefined) void fetch(next)
  }, [isThere, next, fetch])
  const again = (): void => {
    if (current === undefined) return
    forget(current)
    void open(current)
  }
  return { shown: isThere ? shown : undefined, forget, again }
}

/** The queue as one person works through it: one case lies open, the next is fetched meanwhile. */
export function useQueue() {
  const list = useLoad<{ cases: readonly Listed[] }>(LIST)
  const [gone, setGone] = useState<ReadonlySet<string>>(new Set())
  const [at, setAt] = useState<string>()
  const [done, setDone] = useState<Done>()
  const [trouble, setTrouble] = useState<Answer<unknown>>()
  const [busy, setBusy] = useState(false)
  const cases = list.is === 'ready' ? list.data.cases.filter((one) => !gone.has(one.case)) : []
  const found = cases.findIndex((one) => one.case === at)
  const place = Math.max(0, found)
  const next = cases[place + 1]?.case
  const { shown, forget, again } = useShown(cases[place]?.case, next)

  const during = async <T>(work: () => Promise<Answer<T>>): Promise<Answer<T> | undefined> => {
    if (busy) return undefined
    setBusy(true)
    const answer = await work()
    setBusy(false)
    setTrouble(answer)
    if (answer.is === 'ready' || answer.code === 'review.changed') {
      if (list.is !== 'loading') list.again()
    }
    return answer
  }
  const decide = async (choice: Choice): Promise<void> => {
    if (shown?.answer.is !== 'ready') return
    const { data } = shown.answer
    const answer = await during(() => decideCase(data, choice, (Date.now() - shown.at) / 1000))
    if (!answer || (answer.is === 'refused' && answer.code !== 'review.changed')) return
    forget(data.case)
    setAt(next)
    setDone(answer.is === 'ready' ? { is: 'decided', choice, state: answer.data.state } : undefined)
    if (choice.say !== 'later') setGone((now) => new Set([...now, data.case]))
  }
  const undo = async (): Promise<void> => {
    const answer = await during(undoLast)
    if (answer?.is !== 'ready') return
    setDone({ is: 'undone' })
    setGone(new Set())
    setAt(answer.data.case)
  }
  const step = (by: 1 | -1): void => {
    const to = cases[place + by]
    if (to) setAt(to.case)
  }
  return { list, cases, place, shown, done, trouble, busy, decide, undo, step, choose: setAt, retry: again }
}
