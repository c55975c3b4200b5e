import { hasAnswer, instancesOf, type QuestionnaireItem, textOf } from '@sokhoe/model/questionnaire'
import { type ReactNode, useState } from 'react'
import { Icon } from '../parts/Icon.tsx'
import { say } from '../say.ts'
import type { Asking } from './context.ts'

type Props = {
  item: QuestionnaireItem
  asking: Asking
  /** Draws the questions of one telling. */
  draw: (items: readonly QuestionnaireItem[], asking: Asking) => ReactNode
}

/** A group that may be told several times: vaccines, operations, relatives. */
export function Repeating({ item, asking, draw }: Props) {
  const told = instancesOf(asking.response, item.linkId)
  const [wanted, setWanted] = useState(1)
  const shown = Math.max(told.length, wanted)
  const title = textOf(item, asking.language)
  const lastTold = told.length >= shown && told.slice(-1).some(hasAnswer)
  const remove = (index: number) => {
    asking.remove(item.linkId, index)
    setWanted(Math.max(1, shown - 1))
  }
  return (
    <div className="repeating">
      {Array.from({ length: shown }, (_, index) => `${item.linkId}.${index}`).map((key, index) => (
        <fieldset key={key} className="instance">
          <legend>{shown > 1 ? `${title} (${index + 1})` : title}</legend>
          {draw(item.item ?? [], { ...asking, instance: { group: item.linkId, index } })}
          {index < told.length && (
            <button type="button" className="btn plain compact remove" onClick={() => remove(index)}>
              {say('remove', { what: `${title} (${index + 1})` })}
            </button>
          )}
        </fieldset>
      ))}
      {lastTold && (
        <button type="button" className="btn second wide" onClick={() => setWanted(shown + 1)}>
          <Icon name="plus" />
          {say('add-another')}
        </button>
      )}
    </div>
  )
}
