/**
 * A number of a document as a list may show it: enough to compare with the paper in hand, too little to copy.
 * 079 161 ••• ••8
 */
export function maskNumber(number: string): string {
  const bare = number.replaceAll(/[\s.-]/g, '')
  const open = bare.length >= 12 ? 6 : bare.length >= 9 ? 3 : 1
  const hidden = [...bare].map((letter, i) => (i < open || i === bare.length - 1 ? letter : '•')).join('')
  return hidden.replaceAll(/(.{3})(?=.)/g, '$1 ')
}
