import { dayInVietnam, readCard } from '@sokhoe/model'

/** What a command leaves behind: its exit status, one line of result, one line of complaint. */
export interface CardAnswer {
  readonly exit: number
  readonly out?: string
  readonly err?: string
}

/**
 * `card`: reads one scanned string and prints the card as one line of JSON. A refusal names its reason
 * and never repeats the string: it is personal data, and terminals keep logs.
 */
export async function card(stdin: string, now: Date = new Date()): Promise<CardAnswer> {
  const reading = readCard(stdin, { today: dayInVietnam(now) })
  return reading.ok
    ? { exit: 0, out: JSON.stringify(reading.card) }
    : { exit: 1, err: `card: ${reading.reason}` }
}
