import type { FieldError } from '#http/problems/field-errors.ts'
import type { HttpFacts } from '#http/problems/facts-by-type.ts'

/** Thrown by the HTTP layer where a request cannot be taken as it is. */
export class HttpProblem extends Error {
  readonly facts: HttpFacts

  constructor(facts: HttpFacts, options?: ErrorOptions) {
    super(facts.type, options)
    this.name = 'HttpProblem'
    this.facts = facts
  }
}

/** The problem of a request that does not fit the contract in these places. */
export function invalidRequest(...errors: FieldError[]): HttpProblem {
  return new HttpProblem(unfit(...errors))
}

/** The facts of such a problem. */
export function unfit(...errors: FieldError[]): HttpFacts {
  return { type: 'invalid-request', errors }
}
