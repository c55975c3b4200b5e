/**
 * A value by age, in steps: `byAge([21, 0.2], [25, 0.5])` is 0 below 21, 0.2 up to 24, and 0.5 from 25 on.
 *
 * @param steps from which age on, and the value; youngest first
 */
export function byAge(
  ...steps: readonly (readonly [from: number, value: number])[]
): (age: number) => number {
  return (age) => steps.findLast(([from]) => from <= age)?.[1] ?? 0
}
