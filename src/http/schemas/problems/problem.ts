import { Type } from 'typebox'
import { ALL_SCOPES } from '#domain/api-clients/scopes.ts'
import { component, type NamedSchema, openList, ref } from '#http/schemas/named-schema.ts'
import { PROBLEM_TYPE_NAMES, PROBLEM_TYPES } from '#http/problems/problem-types.ts'
import { REQUEST_ID } from '#http/schemas/examples.ts'
import { facts, only, truncated } from '#http/schemas/problems/problem-facts.ts'
import { ProblemError, text } from '#http/schemas/problems/problem-parts.ts'

export const ListedProblem = component(
  'ListedProblem',
  Type.Object(
    {
      type: Type.String({
        'x-extensible-enum': PROBLEM_TYPE_NAMES.map(name => `/problems/${name}`),
        description: 'Which problem it is: a path on this service that explains it.',
        examples: ['/problems/seat-limit-reached'],
      }),
      title: text('What the problem is in a few words. For people: the text may change.', [
        'All seats of the contract are taken',
      ]),
      status: Type.Integer({
        description: 'The HTTP status that it would have alone.',
        minimum: 400,
        maximum: 599,
        examples: [409],
      }),
      detail: text('What prevents the request this time. For people: the text may change.'),
      remedy: text('How to solve it. For people: the text may change.'),
      pointers: Type.Array(text('One place.', ['#/contacts/2']), {
        description: 'The places in the request that break the rule, as JSON Pointers in URI fragments.',
      }),
      errors: Type.Optional(
        Type.Array(ref(ProblemError), {
          description: only('`invalid-request` and `invalid-value`', 'Everything that does not fit.'),
        }),
      ),
      ...facts,
    },
    { description: 'One of several problems, and how to solve it.' },
  ),
)

export const Problem = component(
  'Problem',
  Type.Object(
    {
      type: Type.String({
        'x-extensible-enum': PROBLEM_TYPE_NAMES.map(name => `/problems/${name}`),
        description:
          'Which problem it is: a path on this service that explains it. Stable, so programs may depend on it; ' +
          'more may come.',
        examples: ['/problems/seat-limit-reached'],
      }),
      title: text('What the problem is in a few words. For people: the text may change.', [
        'All seats of the contract are taken',
      ]),
      status: Type.Integer({
        description: 'The HTTP status, as in the status line.',
        minimum: 400,
        maximum: 599,
        examples: [409],
      }),
      detail: text('What happened this time. For people: the text may change.'),
      remedy: text('How to solve it; `next`, if present, is the call. For people: the text may change.', [
        PROBLEM_TYPES['seat-limit-reached'].remedy.en,
      ]),
      instance: text('The id of the request, as in `Request-Id`.', [REQUEST_ID]),
      errors: Type.Optional(
        Type.Array(ref(ProblemError), {
          description:
            'The errors in the request, at most 50: with `invalid-request` and `invalid-value`, and if the request ' +
            'has a whole list.',
        }),
      ),
      required_scope: Type.Optional(
        openList(ALL_SCOPES, { description: only('`forbidden`', 'The scope that the client lacks.') }),
      ),
      problems: Type.Optional(
        Type.Array(ref(ListedProblem), {
          description:
            'All problems, at most 50, if there are several or if the request has a whole list. The first is this ' +
            'problem itself.',
        }),
      ),
      truncated,
      ...facts,
    },
    {
      description:
        'What went wrong, as problem details (RFC 9457, `application/problem+json`). Every error of this service ' +
        'has this form; `Content-Language` is the language of its texts. Ignore members that you do not know.',
    },
  ),
)

/** The named schemas of this file. */
export const problemComponents: readonly NamedSchema[] = [ListedProblem, Problem]
