import { sayDay } from '@sokhoe/ui/format'
import { readDay } from '../parts/days.ts'
import { say } from '../platform/say.ts'
import type { CampaignWithPlaces, Kind } from './api.ts'

/** A campaign as it stands in the fields of its form. */
export type Typed = Record<
  'title' | 'alley' | 'ward' | 'starts' | 'ends' | 'target' | 'phone' | 'hours',
  string
> & { kind: Kind }
export type Wrong = Partial<Record<keyof Typed, string>>

export const EMPTY: Typed = {
  kind: 'ward',
  title: '',
  alley: '',
  ward: '',
  starts: '',
  ends: '',
  target: '',
  phone: '',
  hours: '',
}

export const typedOf = ({
  kind,
  title,
  alley,
  ward,
  starts,
  ends,
  target,
  phone,
  hours,
}: CampaignWithPlaces): Typed => ({
  kind,
  title,
  alley: alley ?? '',
  ward: ward.code,
  starts: sayDay(starts),
  ends: ends === null ? '' : sayDay(ends),
  target: target === null ? '' : String(target),
  phone: phone ?? '',
  hours: hours ?? '',
})

/** As the server takes it. */
export function bodyOf(typed: Typed, isNew: boolean) {
  const { kind, title, alley, ward, starts, ends, target, phone, hours } = typed
  const shared = {
    title: title.trim() || null,
    ends: readDay(ends) ?? null,
    target: target.trim() === '' ? null : Number(target.replaceAll('.', '')),
    phone: phone.trim() || null,
    hours: hours.trim() || null,
  }
  if (!isNew) return shared
  const starting = readDay(starts)
  return {
    ...shared,
    kind,
    alley: alley.trim() || null,
    ...(ward && { ward }),
    ...(starting && { starts: starting }),
  }
}

type Rule = readonly [name: keyof Typed, isWrong: boolean, words: string]

const isNoDay = (text: string): boolean => text.trim() !== '' && readDay(text) === undefined
const isNoTarget = (text: string): boolean =>
  text.trim() !== '' && !/^[1-9]\d{0,7}$/.test(text.replaceAll('.', '').trim())

/** What keeps the form from being sent, in words under each field. */
export function wrongIn(typed: Typed, isNew: boolean, asksWard: boolean): Wrong {
  const { kind, title, alley, ward, target } = typed
  const [starts = '', ends = '9999'] = [readDay(typed.starts), readDay(typed.ends)]
  const rules: readonly Rule[] = [
    ['title', !isNew && title.trim() === '', say('campaign.title.needed')],
    ['alley', kind === 'alley' && alley.trim() === '', say('campaign.alley.needed')],
    ['ward', asksWard && !/^\d{5}$/.test(ward.trim()), say('campaign.ward.needed')],
    ['starts', isNoDay(typed.starts), say('campaign.day.wrong')],
    ['ends', isNoDay(typed.ends), say('campaign.day.wrong')],
    ['ends', !isNoDay(typed.ends) && ends < starts, say('campaign.ends.before')],
    ['target', isNoTarget(target), say('campaign.target.wrong')],
  ]
  return Object.fromEntries(rules.filter(([, isWrong]) => isWrong).map(([name, , words]) => [name, words]))
}
