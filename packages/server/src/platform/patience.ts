/** When something has ended, however it ended, or after so many ms. */
export function afterOr(something: Promise<unknown>, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    const end = (): void => {
      clearTimeout(timer)
      resolve()
    }
    something.then(end, end)
  })
}
