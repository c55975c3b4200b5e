import type { Answer, Ask } from '../answer.ts'
import { etagOf } from '../interactions/answers.ts'
import { type Matching, stillUnmatched } from '../interactions/matching.ts'
import { messageOf } from '../interactions/message.ts'
import { outcome } from '../outcome.ts'
import { type Done, perform } from '../write/index.ts'
import { isLong, responseBundle, type Told, tooMuch } from './answer.ts'
import { doOne } from './one.ts'
import { planOf, type Step } from './plan.ts'
import type { Entry } from './read.ts'
import { withReferences } from './references.ts'
import type { Router } from './router.ts'

/**
 * All entries or none, in one transaction of the database: deleted first, then created, then changed, then read.
 * @see https://hl7.org/fhir/R4/http.html#trules
 */

type DeedStep = Step & { readonly is: 'deed' }
const isDeed = (step: Step): step is DeedStep => step.is === 'deed'

/** Where what needs no deed lies, by the name of its entry; what is made by an earlier entry is called as that one. */
function knownPlaces(steps: readonly Step[]): ReadonlyMap<string, string> {
  const places = new Map<string, string>()
  for (const step of steps) {
    const { fullUrl } = step.entry
    if (fullUrl === undefined) continue
    if (step.is === 'known') places.set(fullUrl, `${step.found.type}/${step.found.id}`)
    if (step.is === 'same') {
      const { fullUrl: other } = steps[step.as]?.entry ?? {}
      if (other !== undefined) places.set(fullUrl, other)
    }
  }
  return places
}

/** What the sender wants back of what was written: nothing, unless it says so. */
function bodyFor({ header }: Ask, bytes: Buffer): Pick<Told, 'resource' | 'outcome'> {
  const prefer = header('prefer') ?? ''
  if (prefer.includes('return=representation')) return { resource: bytes }
  if (!prefer.includes('return=OperationOutcome')) return {}
  return { outcome: outcome([{ severity: 'information', code: 'informational', text: 'Kept' }]) }
}

function toldOfDone(ask: Ask, { deed, status }: DeedStep, done: Done): Told {
  const { type, id, version, lastUpdated, bytes } = done
  if (deed.kind === 'delete') return { status, etag: etagOf(version) }
  return {
    status,
    etag: etagOf(version),
    location: `${type}/${id}/_history/${version}`,
    lastModified: lastUpdated,
    ...bodyFor(ask, bytes),
  }
}

function toldOfKnown(ask: Ask, { found }: Step & { readonly is: 'known' }): Told {
  const { type, id, versions } = found
  const [{ version, at, bytes }] = versions
  return {
    status: 200,
    etag: etagOf(version),
    location: `${type}/${id}/_history/${version}`,
    lastModified: at.toISOString(),
    ...bodyFor(ask, bytes()),
  }
}

interface Outcome {
  readonly ask: Ask
  readonly route: Router
  readonly steps: readonly Step[]
  /** By entry. */
  readonly done: ReadonlyMap<number, Done>
}

async function tell(outcome: Outcome, step: Step): Promise<Told> {
  const { ask, route, steps, done } = outcome
  switch (step.is) {
    case 'deed': {
      const one = done.get(step.entry.at)
      if (!one) throw new RangeError('an entry that was not done')
      return toldOfDone(ask, step, one)
    }
    case 'known':
      return toldOfKnown(ask, step)
    case 'same': {
      const other = steps[step.as]
      if (!other) throw new RangeError('an entry that is not there')
      return { ...(await tell(outcome, other)), status: 200 }
    }
    case 'nothing':
      return { status: 204 }
    case 'reading':
      return await doOne(ask, route, step.entry)
  }
}

export async function transaction(ask: Ask, route: Router, entries: readonly Entry[]): Promise<Answer> {
  const { ctx, base } = ask
  const steps = await planOf(ask, entries)
  const deedSteps = steps.filter(isDeed)
  const deeds = await withReferences(
    ask,
    deedSteps.map(({ deed }) => deed),
    knownPlaces(steps),
  )
  const unless = deedSteps.flatMap((step): Matching[] => (step.unless ? [step.unless] : []))
  const guard =
    unless.length === 0 ? {} : { guard: (inner: Ask['ctx']) => stillUnmatched(inner, base, unless) }
  const performed = deeds.length === 0 ? [] : await perform(ctx, deeds, messageOf(ask), { base, ...guard })
  const done = new Map(
    deedSteps.flatMap(({ entry }, i): [number, Done][] => (performed[i] ? [[entry.at, performed[i]]] : [])),
  )
  const told: Told[] = []
  let length = 0
  for (const step of steps) {
    const isOver = step.is === 'reading' && isLong(length)
    const one = isOver ? tooMuch() : await tell({ ask, route, steps, done }, step)
    length += one.resource?.length ?? 0
    told.push(one)
  }
  return responseBundle('transaction', told)
}
