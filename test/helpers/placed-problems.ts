import type { Answer } from './test-service.ts'
import { pointerStep } from '#http/request/json-pointer.ts'

/** Places that an answer names: `in` is missing where it can only be the body. */
type Place = { in?: string; pointer: string }

/** Everything in an answer that points into its request: at the top, in each of several problems, in each plan. */
function placesIn(answer: any): Place[] {
  const { errors = [], references = [], warnings = [], pointer, pointers = [], problems = [], contracts = [] } = answer
  return [
    ...errors,
    ...references,
    ...warnings,
    ...[pointer, ...pointers].filter(text => typeof text === 'string').map(text => ({ pointer: text })),
    ...[...problems, ...contracts].filter(part => typeof part === 'object').flatMap(placesIn),
  ]
}

/** The pointers of an answer into the body of its request. */
export function pointersOf({ body }: Pick<Answer, 'body'>): string[] {
  if (body === undefined || body === null) return []
  return placesIn(body)
    .filter(place => place.in === undefined || place.in === 'body')
    .map(({ pointer }) => pointer)
}

/**
 * The pointers of an answer that lead nowhere in the body that was sent: each is a member of it, or one that is missing
 * in an object that is there. A step, or a whole pointer, that would be too long is cut.
 */
export function lostPointers(sent: unknown, answer: Pick<Answer, 'body'>): string[] {
  return pointersOf(answer).filter(pointer => !leadsInto(sent, pointer))
}

function leadsInto(sent: unknown, pointer: string): boolean {
  const [root, ...steps] = pointer.split('/')
  if (root !== '#') return false
  let place: unknown = sent
  for (const [index, step] of steps.entries()) {
    if (typeof place !== 'object' || place === null) return false
    const member = Object.entries(place).find(([key]) => pointerStep(key) === `/${step}`)
    if (member === undefined) return index === steps.length - 1 && !Array.isArray(place)
    place = member[1]
  }
  return true
}
