import type { Board } from '@sokhoe/model/coverage'
import type { Load } from '@sokhoe/ui/load'
import { useLoad } from '../platform/ask.ts'
import { useStaff } from '../platform/session.ts'

/** The board of a campaign, or of the whole ward of whoever is at work. */
export function useBoard(of: { campaign: string } | undefined): Load<Board> {
  const { role } = useStaff()
  const base = role === 'department' ? '/api/department/board' : '/api/station/board'
  return useLoad<Board>(of ? `${base}?campaign=${encodeURIComponent(of.campaign)}` : base)
}

/** How many people share and remainder are reckoned with: a campaign's own target, a ward's people. */
export function wayOf({ campaign, population, target, declared }: Board) {
  const whole = campaign ? target : population.estimated
  return {
    whole,
    share: whole === null || whole === 0 ? null : declared / whole,
    remaining: target === null ? null : Math.max(0, target - declared),
    /** Where the target stands on a bar of the whole; a campaign's bar is its target. */
    mark: campaign || whole === null || target === null ? null : target / whole,
  }
}

const DAY_MS = 86_400_000
const PACE_DAYS = 7

/** The last days in their order, also those on which nothing was added; the last one is today. */
export function lastDays({ byDay, asOf }: Pick<Board, 'byDay' | 'asOf'>, n: number): Board['byDay'] {
  const known = new Map(byDay.map((each) => [each.day, each]))
  const today = dayOf(Date.parse(asOf))
  return Array.from({ length: n }, (_, at) => {
    const day = new Date(Date.parse(`${today}T00:00:00Z`) - (n - 1 - at) * DAY_MS).toISOString().slice(0, 10)
    return known.get(day) ?? { day, declared: 0, verified: 0 }
  })
}

/** Vietnam has one time all year, seven hours ahead. */
const dayOf = (at: number): string => new Date(at + 7 * 3_600_000).toISOString().slice(0, 10)

/** New books a day over the last seven whole days; today is not over yet. */
export function paceOf(board: Pick<Board, 'byDay' | 'asOf'>): number {
  const whole = lastDays(board, PACE_DAYS + 1).slice(0, PACE_DAYS)
  return whole.reduce((sum, { declared }) => sum + declared, 0) / PACE_DAYS
}
