import type { Words } from '#http/problems/language.ts'
import type { NextCall } from '#http/problems/problem-description.ts'

/** A call that would put a problem right, and why. */
export function nextCall(method: string, path: string, why: Words): NextCall {
  return { method, path, why }
}
