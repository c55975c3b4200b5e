const KEPT = 'sk.text'

export type TextSize = 'normal' | 'large'

export const textSize = (): TextSize =>
  document.documentElement.dataset['text'] === 'large' ? 'large' : 'normal'

/** Large text is a choice of this phone, kept also after signing out: it says nothing about a person. */
export function setTextSize(size: TextSize): void {
  if (size === 'large') document.documentElement.dataset['text'] = 'large'
  else delete document.documentElement.dataset['text']
  try {
    localStorage.setItem(KEPT, size)
  } catch {
    // A phone that keeps nothing shows the size chosen now.
  }
}

export function restoreTextSize(): void {
  try {
    if (localStorage.getItem(KEPT) === 'large') setTextSize('large')
  } catch {
    // Nothing kept: normal size.
  }
}
