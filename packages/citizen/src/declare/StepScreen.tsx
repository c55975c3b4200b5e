import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { Screen } from '../parts/Screen.tsx'
import { say } from '../platform/say.ts'
import { Progress } from './Progress.tsx'
import { STEP_FORM } from './StepForm.tsx'

type StepScreenProps = {
  title: string
  back: string
  n: number
  of: number
  /** Nothing to go on with yet. */
  waits?: boolean
  children: ReactNode
}

/** The frame of a step: progress on top, back and on at the bottom, and a way to leave with everything kept. */
export function StepScreen({ title, back, n, of, waits = false, children }: StepScreenProps) {
  return (
    <Screen
      title={title}
      back={back}
      className="declare"
      aside={
        <Link className="later" href="/app/later">
          {say('declare.later')}
        </Link>
      }
      dock={
        <>
          <Link className="btn second back" href={back}>
            {say('back')}
          </Link>
          {!waits && (
            <button className="btn" type="submit" form={STEP_FORM}>
              {say('next')}
            </button>
          )}
        </>
      }
    >
      <Progress step={n} steps={of} />
      {children}
    </Screen>
  )
}
