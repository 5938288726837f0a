const LONGEST_STEP = 64
const LONGEST_POINTER = 1024

/** A step of a JSON Pointer (RFC 6901), cut where it is too long to be of use. */
export function pointerStep(key: string): string {
  return `/${key.slice(0, LONGEST_STEP).toWellFormed().replaceAll('~', '~0').replaceAll('/', '~1')}`
}

/** The JSON Pointer of a place in a body, in a URI fragment. Too long, it points at what holds the place. */
export function pointerTo(path: readonly (string | number)[]): string {
  let pointer = '#'
  for (const step of path) {
    const longer = pointer + pointerStep(String(step))
    if (longer.length > LONGEST_POINTER) return pointer
    pointer = longer
  }
  return pointer
}
