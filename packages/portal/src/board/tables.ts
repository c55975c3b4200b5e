import type { Board } from '@sokhoe/model/coverage'
import { sayDay, sayInstant } from '@sokhoe/ui/format'
import type { Place } from '../campaigns/api.ts'
import { say } from '../platform/say.ts'

/** What a cell holds; null where nobody knows, or where too few people to tell. */
export type Cell = string | number | null

export interface Table {
  readonly name: string
  readonly head: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}

/** A board as tables, for programs of other people; the same numbers as on the screen. */
export function tablesOf(board: Board, places: readonly Place[]): readonly Table[] {
  const counts = [say('board.declared'), say('board.verified-column')]
  const people = [...counts, say('board.estimated')]
  return [
    {
      name: say('export.sum'),
      head: [say('export.what'), say('export.value')],
      rows: [
        [say('campaign.ward'), board.ward.name],
        ...(board.campaign ? [[say('campaigns.one'), board.campaign.title]] : []),
        [say('export.as-of'), sayInstant(board.asOf)],
        [say('board.declared'), board.declared],
        [say('board.verified-column'), board.verified],
        [say('campaign.target'), board.target],
        [say('board.estimated'), board.population.estimated],
      ],
    },
    {
      name: say('board.day'),
      head: [say('board.day'), ...counts],
      rows: board.byDay.map(({ day, declared, verified }) => [sayDay(day), declared, verified]),
    },
    {
      name: say('board.by.age'),
      head: [say('board.by.age'), ...people],
      rows: board.byAge.map(({ band, declared, verified, estimated }) => [
        say(`board.age.${band}`),
        declared,
        verified,
        estimated,
      ]),
    },
    {
      name: say('board.by.alley'),
      head: [say('board.by.alley'), ...people],
      rows: board.byAlley.map(({ alley, declared, verified, estimated }) => [
        alley ?? say('board.no-alley'),
        declared,
        verified,
        estimated,
      ]),
    },
    {
      name: say('board.by.campaign'),
      head: [say('board.by.campaign'), ...counts],
      rows: board.byCampaign.map(({ title, declared, verified }) => [
        title ?? say('board.no-campaign'),
        declared,
        verified,
      ]),
    },
    {
      name: say('export.places'),
      head: [say('export.places'), say('export.scans'), say('export.books')],
      rows: places.map(({ name, scans, books }) => [name, scans, books]),
    },
  ].filter(({ rows }) => rows.length > 0)
}
