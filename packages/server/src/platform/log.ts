import { type DestinationStream, type Logger, pino } from 'pino'

/** Structured logs on stderr. Only what is named here is ever written of a request; never a body, a query or a name. */
export function openLog(
  level: string,
  to: DestinationStream = pino.destination({ fd: 2, sync: false }),
): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, to)
}

/** A route's pattern stands for its address: codes and ids in paths are not logged. */
export const faultOf = (error: unknown): { type: string; code?: string; stack?: string } => {
  if (!(error instanceof Error)) return { type: typeof error }
  const code = (error as { code?: unknown }).code
  // a stack's first line is the message, which may quote data: only the frames are kept
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return {
    type: error.name,
    ...(typeof code === 'string' && { code }),
    stack: frames.slice(0, 12).join('\n'),
  }
}
