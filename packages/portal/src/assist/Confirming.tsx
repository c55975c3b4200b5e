import { Field, FieldError } from '@sokhoe/ui/parts/Field'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { sayOr } from '@sokhoe/ui/speech'
import { say } from '../platform/say.ts'
import { RELATIONS, type Visit } from './visit.ts'

/** How whoever declares confirms it, and who speaks for a child; as typed, before it is a confirmation. */
export interface Typed {
  readonly kind: 'signature' | 'thumb' | undefined
  readonly paper: string
  readonly witness: string
  readonly who: string
  readonly relation: (typeof RELATIONS)[number] | undefined
  readonly child: boolean
}

export const NOTHING_TYPED: Typed = {
  kind: undefined,
  paper: '',
  witness: '',
  who: '',
  relation: undefined,
  child: false,
}

export type Age = { min: number; max: number } | undefined

const isChild = (age: Age): boolean => age !== undefined && age.max < 18
const isAsked = (age: Age): boolean => age !== undefined && age.max >= 7 && age.max < 18

/** What is missing before it may be kept; the names of the fields. */
export function missingIn(typed: Typed, age: Age): readonly ('kind' | 'who' | 'relation' | 'child')[] {
  const missing: ('kind' | 'who' | 'relation' | 'child')[] = []
  if (!typed.kind) missing.push('kind')
  if (isChild(age) && typed.who.trim() === '') missing.push('who')
  if (isChild(age) && !typed.relation) missing.push('relation')
  if (isAsked(age) && !typed.child) missing.push('child')
  return missing
}

/** @throws where {@link missingIn} finds something */
export function confirmationOf(typed: Typed, age: Age): Pick<Visit, 'confirmation' | 'representative'> {
  const { kind, relation, child } = typed
  if (!kind) throw new RangeError('nothing was confirmed')
  const [paper, witness, name] = [typed.paper, typed.witness, typed.who].map((text) => text.trim())
  return {
    confirmation: {
      kind,
      ...(paper && { paper }),
      ...(witness && { witness }),
      ...(isAsked(age) && { child }),
    },
    ...(isChild(age) && name && relation && { representative: { name, relation } }),
  }
}

interface Props {
  readonly typed: Typed
  readonly age: Age
  readonly tried: boolean
  readonly change: (typed: Typed) => void
}

/** The paper that stays at the station: signed, or with a thumb print. */
export function Confirming({ typed, age, tried, change }: Props) {
  const missing = tried ? missingIn(typed, age) : []
  const set = (part: Partial<Typed>) => change({ ...typed, ...part })
  return (
    <section className="panel" aria-labelledby="confirming">
      <div className="head">
        <h2 id="confirming">{say('assist.confirm')}</h2>
      </div>
      <div className="inside">
        <p className="soft">{say('assist.confirm.what')}</p>
        <fieldset className={`chips ${missing.includes('kind') ? 'bad' : ''}`}>
          <legend>{say('assist.confirm.how')}</legend>
          <FieldError
            id="confirm-kind-error"
            text={missing.includes('kind') ? say('assist.confirm.needed') : undefined}
          />
          <div className="pick">
            {(['signature', 'thumb'] as const).map((kind) => (
              <Pick
                key={kind}
                id={`confirm-${kind}`}
                on={typed.kind === kind}
                words={say(`assist.confirm.${kind}`)}
                tap={() => set({ kind })}
              />
            ))}
          </div>
        </fieldset>
        <Field
          label={say('assist.paper')}
          hint={say('assist.paper.hint')}
          maxLength={60}
          autoComplete="off"
          value={typed.paper}
          onText={(paper) => set({ paper })}
        />
        <Field
          label={say('assist.witness')}
          hint={say('assist.witness.hint')}
          maxLength={120}
          autoComplete="off"
          value={typed.witness}
          onText={(witness) => set({ witness })}
        />
        {isChild(age) && <Representative typed={typed} asked={isAsked(age)} missing={missing} set={set} />}
      </div>
    </section>
  )
}

function Pick({ id, on, words, tap }: { id: string; on: boolean; words: string; tap: () => void }) {
  return (
    <button type="button" id={id} className="chip" aria-pressed={on} onClick={tap}>
      {on && <Icon name="check" />}
      {words}
    </button>
  )
}

interface RepresentativeProps {
  readonly typed: Typed
  readonly asked: boolean
  readonly missing: readonly string[]
  readonly set: (part: Partial<Typed>) => void
}

/** Under 18 somebody speaks for her; from seven years on she is asked too. */
function Representative({ typed, asked, missing, set }: RepresentativeProps) {
  return (
    <>
      <p className="b">{say('assist.child')}</p>
      <Field
        id="confirm-who"
        label={say('assist.child.who')}
        maxLength={120}
        autoComplete="off"
        value={typed.who}
        error={missing.includes('who') ? say('assist.child.who-needed') : undefined}
        onText={(who) => set({ who })}
      />
      <fieldset className={`chips ${missing.includes('relation') ? 'bad' : ''}`}>
        <legend>{say('assist.child.relation')}</legend>
        <FieldError
          id="confirm-relation-error"
          text={missing.includes('relation') ? say('assist.child.relation-needed') : undefined}
        />
        <div className="pick">
          {RELATIONS.map((relation, n) => (
            <Pick
              key={relation}
              id={n === 0 ? 'confirm-relation' : `confirm-relation-${n}`}
              on={typed.relation === relation}
              words={sayOr(`assist.relation.${relation}`, relation)}
              tap={() => set({ relation })}
            />
          ))}
        </div>
      </fieldset>
      {asked && (
        <fieldset className={`chips ${missing.includes('child') ? 'bad' : ''}`}>
          <legend>{say('assist.child.asked')}</legend>
          <FieldError
            id="confirm-child-error"
            text={missing.includes('child') ? say('assist.child.asked-needed') : undefined}
          />
          <div className="pick">
            <Pick
              id="confirm-child"
              on={typed.child}
              words={say('assist.child.agrees')}
              tap={() => set({ child: !typed.child })}
            />
          </div>
        </fieldset>
      )}
    </>
  )
}
