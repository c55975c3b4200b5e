/** What this house uses of npm smpp, which comes without types. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events'
  import type { Server as NetServer, Socket } from 'node:net'

  type Fields = Readonly<Record<string, unknown>>
  type Command = (fields: Fields, onResponse?: (pdu: Pdu) => void) => boolean

  export interface Pdu {
    readonly command: string
    readonly command_status: number
    readonly [field: string]: unknown
    response(fields?: Fields): Pdu
  }

  export interface Session extends EventEmitter {
    readonly socket: Socket
    readonly bind_transceiver: Command
    readonly submit_sm: Command
    readonly deliver_sm: Command
    readonly enquire_link: Command
    send(pdu: Pdu): boolean
    close(onClosed?: () => void): void
    destroy(onClosed?: () => void): void
  }

  export interface Server extends NetServer {
    readonly sessions: readonly Session[]
  }

  export function connect(options: { url: string }, onConnect?: () => void): Session
  export function createServer(onSession: (session: Session) => void): Server
}
