import type { Count } from '@sokhoe/model/coverage'
import { currentLanguage } from '@sokhoe/ui/speech'
import { say } from '../platform/say.ts'

const locale = (): string => (currentLanguage() === 'vi' ? 'vi-VN' : 'en-GB')

/** People, with the thousands of the language. */
export const sayPeople = (n: number): string => new Intl.NumberFormat(locale()).format(n)

/** People in a cell: a number, or that they are too few to be told. */
export const sayCount = (count: Count | null): string =>
  count === null || count === 'few' ? say('coverage.few') : sayPeople(count)

/** From a million on in millions with two places, as one says it. */
export const sayMany = (n: number): string =>
  n < 1_000_000
    ? sayPeople(n)
    : say('coverage.millions', {
        n: new Intl.NumberFormat(locale(), { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(
          n / 1_000_000,
        ),
      })

/** Per cent to one place, rounded down: 89.96 % has not reached 90 %; and nobody is told as none at all. */
export function sayShare(share: number): string {
  const tenths = Math.floor(share * 1000 + 1e-6)
  const format = new Intl.NumberFormat(locale(), { minimumFractionDigits: 1, maximumFractionDigits: 1 })
  return share > 0 && tenths === 0 ? `<${format.format(0.1)}%` : `${format.format(tenths / 10)}%`
}

/** "Phường Bình Quới" → "P. Bình Quới", as tables have room for. */
export const shortName = (name: string): string => name.replace(/^Phường /, 'P. ')
