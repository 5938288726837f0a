/** A number and its noun in English: 1 seat, 2 seats. */
export function counted(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
