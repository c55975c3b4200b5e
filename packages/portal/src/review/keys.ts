import { useEffect, useRef, useState } from 'react'

const KEPT = 'sk.keys'
const TYPED = 'input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]'
const ACTS = 'a, button, input, summary, textarea, select'

/** Single keys are a choice of this computer: whoever speaks to it, or lets it read aloud, turns them off. */
export function useKeysWanted(): readonly [boolean, (wanted: boolean) => void] {
  const [wanted, setWanted] = useState(() => {
    try {
      return localStorage.getItem(KEPT) !== 'off'
    } catch {
      return true
    }
  })
  const choose = (next: boolean) => {
    setWanted(next)
    try {
      localStorage.setItem(KEPT, next ? 'on' : 'off')
    } catch {
      // a computer that keeps nothing does what was chosen now
    }
  }
  return [wanted, choose]
}

const isPlain = ({ ctrlKey, altKey, metaKey, repeat, isComposing }: KeyboardEvent): boolean =>
  ![ctrlKey, altKey, metaKey, repeat, isComposing].includes(true)

/** Whatever stands in focus does something with the key itself. */
const isTaken = ({ key, target }: KeyboardEvent): boolean =>
  target instanceof Element && target.closest(key === 'Enter' ? ACTS : TYPED) !== null

/**
 * Keys of a screen, wherever the focus is: never while somebody types, holds a modifier or answers a dialog. Enter is
 * left to whatever stands in focus and acts by itself.
 * @param onKey says whether the key was one of the screen's
 */
export function useKeys(wanted: boolean, onKey: (key: string) => boolean): void {
  const work = useRef(onKey)
  work.current = onKey
  useEffect(() => {
    if (!wanted) return
    const listen = (event: KeyboardEvent) => {
      const { key } = event
      if (!isPlain(event) || isTaken(event) || document.querySelector('dialog[open]')) return
      if (work.current(key.length === 1 ? key.toLowerCase() : key)) event.preventDefault()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [wanted])
}
