import type { Words } from '#http/problems/language.ts'
import type { FieldError } from '#http/problems/field-errors.ts'
import type { FactsByType, ProblemType } from '#http/problems/facts-by-type.ts'

/** One place in the request that does not fit, as `errors` lists it. */
export type DescribedError = {
  in: NonNullable<FieldError['in']>
  pointer: string
  line?: number
  code: string
  detail: Words
}

/** A call that would put the problem right, with its body where the service knows it. */
export type NextCall = { method: string; path: string; why: Words; body?: object }

/**
 * The words of a problem in every language, and the further fields of its document. `remedy` is for these facts, if the
 * remedy of the type is about other cases too.
 */
export type Description = { detail: Words; remedy?: Words; errors?: DescribedError[]; next?: NextCall } & Record<
  string,
  unknown
>

/** How each type of problem is described. A type without words in each language does not compile. */
export type Descriptions<Type extends ProblemType = ProblemType> = {
  [One in Type]: (facts: FactsByType[One]) => Description
}
