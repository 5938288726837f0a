import type { Refusal } from '#domain/refusal.ts'
import type { Language } from '#http/problems/language.ts'
import { listed, MOST_LISTED } from '#http/problems/listed.ts'
import { describeProblem } from '#http/problems/describe-problem.ts'
import type { DescribedError, Description } from '#http/problems/problem-description.ts'
import type { ProblemFacts, ProblemType } from '#http/problems/facts-by-type.ts'
import { PROBLEM_TYPES } from '#http/problems/problem-types.ts'

type Localized = { detail: string; remedy: string; errors?: object[] } & Record<string, unknown>

/** One of several problems, with what would put it right. */
export type ListedProblem = {
  type: string
  title: string
  status: number
  detail: string
  remedy: string
  pointers: string[]
} & Record<string, unknown>

export type ProblemDocument = {
  type: string
  title: string
  status: number
  detail: string
  remedy: string
  instance: string
} & Record<string, unknown>

/**
 * The problem document (RFC 9457) of one request, in one language. `instance` is the request's id, as in `Request-Id`.
 * Lists of mistakes are bounded: `truncated` says that there are more than are listed.
 */
export function problemDocument(facts: ProblemFacts, request_id: string, language: Language): ProblemDocument {
  const { status, title } = PROBLEM_TYPES[facts.type]
  const { detail, remedy, errors, ...extensions } = localized(facts.type, describeProblem(firstPlaces(facts)), language)
  return {
    type: `/problems/${facts.type}`,
    title: title[language],
    status,
    detail,
    remedy,
    instance: request_id,
    ...contractOf(facts),
    ...(errors !== undefined && { errors: listed(errors) }),
    ...extensions,
    ...(hasMore(facts) && { truncated: true }),
  }
}

/** The problem document of several refusals: the first as the problem itself, then each with places and remedy. */
export function refusalsDocument(
  refusals: readonly [Refusal, ...Refusal[]],
  request_id: string,
  language: Language,
): ProblemDocument {
  const [first, ...others] = refusals
  const document = problemDocument(first, request_id, language)
  if (others.length === 0 && first.pointers === undefined) return document
  const shown = refusals.slice(0, MOST_LISTED)
  const places = shown.flatMap(placedErrors).map(error => localizedError(error, language))
  const errors = listed(places)
  const problems = listedProblems(refusals, language)
  const isCut = problems.length < refusals.length || errors.length < places.length || shown.some(hasMore)
  return {
    ...document,
    ...(errors.length > 0 && { errors }),
    problems,
    ...(isCut && { truncated: true }),
  }
}

/** The first of several refusals, as many as an answer lists. */
export function listedProblems(refusals: readonly Refusal[], language: Language): ListedProblem[] {
  return listed(refusals.slice(0, MOST_LISTED).map(refusal => listedProblem(refusal, language)))
}

/** A refusal as one of several, in one language. */
export function listedProblem(refusal: Refusal, language: Language): ListedProblem {
  const { title, status } = PROBLEM_TYPES[refusal.type]
  const { detail, remedy, ...extensions } = localized(refusal.type, describeProblem(firstPlaces(refusal)), language)
  return {
    type: `/problems/${refusal.type}`,
    title: title[language],
    status,
    detail,
    remedy,
    pointers: listed(placesOf(refusal)),
    ...contractOf(refusal),
    ...extensions,
  }
}

/** The contract that the problem is about, where a change is of several: not every description names it. */
function contractOf(facts: ProblemFacts): { contract_id?: string | undefined } {
  return 'contract_id' in facts && facts.contract_id !== undefined ? { contract_id: facts.contract_id } : {}
}

/** The same facts with no more places than an answer lists. */
function firstPlaces<Facts extends ProblemFacts>(facts: Facts): Facts {
  return facts.type === 'unknown-reference' ? { ...facts, references: facts.references.slice(0, MOST_LISTED) } : facts
}

/** Whether facts are about more places than an answer lists. */
function hasMore(facts: ProblemFacts): boolean {
  if (facts.type === 'invalid-request' || facts.type === 'invalid-value') return facts.errors.length > MOST_LISTED
  return facts.type === 'unknown-reference' && facts.references.length > MOST_LISTED
}

/** A description in one language, with the remedy of its type unless it has its own. */
function localized(
  type: ProblemType,
  { detail, remedy = PROBLEM_TYPES[type].remedy, errors, next, ...extensions }: Description,
  language: Language,
): Localized {
  return {
    detail: detail[language],
    remedy: remedy[language],
    ...(errors !== undefined && { errors: errors.map(error => localizedError(error, language)) }),
    ...extensions,
    ...(next !== undefined && { next: { ...next, why: next.why[language] } }),
  }
}

function localizedError({ detail, ...error }: DescribedError, language: Language): object {
  return { ...error, detail: detail[language] }
}

/** The first places in the request that a refusal is about, each with what is wrong there. */
function placedErrors(refusal: Refusal): DescribedError[] {
  if (refusal.type === 'unknown-reference') {
    return refusal.references.slice(0, MOST_LISTED).map(reference => ({
      in: reference.in ?? 'body',
      pointer: reference.pointer,
      code: refusal.type,
      detail: describeProblem({ type: refusal.type, references: [reference] }).detail,
    }))
  }
  const { detail, errors } = describeProblem(refusal)
  return (
    errors ??
    placesOf(refusal)
      .slice(0, MOST_LISTED)
      .map(pointer => ({ in: 'body', pointer, code: refusal.type, detail }))
  )
}

function placesOf(refusal: Refusal): readonly string[] {
  if (refusal.type === 'invalid-request' || refusal.type === 'invalid-value')
    return refusal.errors.map(({ pointer }) => pointer)
  if (refusal.type === 'unknown-reference') return refusal.references.map(({ pointer }) => pointer)
  return refusal.type === 'name-not-personal' ? [refusal.pointer] : (refusal.pointers ?? [])
}
