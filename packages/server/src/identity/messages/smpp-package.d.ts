/** What this house uses of npm smpp, which comes without types. */
declare module 'smpp' {
  import type { EventEmitter } from 'node:events'
  import type { Server as NetServer, Socket } from 'node:net'

  export interface Pdu {
    readonly command: string
    readonly command_status: number
    readonly [field: string]: unknown
    response(fields?: Readonly<Record<string, unknown>>): Pdu
  }

  type Fields = Readonly<Record<string, unknown>>
  type Command = (fields: Fields, onResponse?: (pdu: Pdu) => void) => boolean

  export interface Session extends EventEmitter {
    readonly socket: Socket
    readonly bind_transceiver: Command
    readonly submit_sm: Command
    readonly deliver_sm: Command
    readonly enquire_link: Command
    readonly unbind: Command
    send(pdu: Pdu): boolean
    close(onClosed?: () => void): void
    destroy(onClosed?: () => void): void
  }

  export interface Server extends NetServer {
    readonly sessions: readonly Session[]
  }

  interface Smpp {
    connect(options: { url: string }, onConnect?: () => void): Session
    createServer(onSession: (session: Session) => void): Server
  }

  const smpp: Smpp

  export { smpp as default }
}
