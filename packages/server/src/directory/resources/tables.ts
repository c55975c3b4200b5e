import type { Generated } from 'kysely'

declare module '../../platform/database.ts' {
  interface Tables {
    'directory.resource': ResourceRow
    'directory.version': VersionRow & { xid: Generated<string> }
    'directory.token': { hash: Buffer; no: number }
  }
}

/** How a resource of the directory stands. */
export interface ResourceRow {
  no: number
  type: string
  source: string
  alone: boolean
  version: number
  deleted: boolean
  at: Date
}

export interface VersionRow extends ResourceRow {
  content: Buffer
}
