/** What the tabs of this app on one phone tell each other. */
export type Word =
  | { kind: 'draft'; part: string }
  | { kind: 'sent'; part: string }
  | { kind: 'signed-out' }
  | { kind: 'signed-in' }

const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel('sokhoe')

export const tell = (word: Word): void => channel?.postMessage(word)

export function hear(work: (word: Word) => void): () => void {
  const onMessage = (event: MessageEvent<Word>) => work(event.data)
  channel?.addEventListener('message', onMessage)
  return () => channel?.removeEventListener('message', onMessage)
}
