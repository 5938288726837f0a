import { Type } from 'typebox'
import { component, openList, type NamedSchema } from '#http/schemas/named-schema.ts'
import { PROBLEM_TYPE_NAMES } from '#http/problems/problem-types.ts'
import { PATTERNS } from '#http/problems/patterns.ts'

export const Health = component(
  'Health',
  Type.Object(
    {
      status: openList(['ok'], { description: 'The state of the service.', examples: ['ok'] }),
    },
    { description: 'The state of the service.' },
  ),
)

export const problemType = Type.Unsafe<string>({
  type: 'string',
  maxLength: 64,
  pattern: PATTERNS.problemType,
  description: `The last part of a problem's \`type\`: ${PROBLEM_TYPE_NAMES.map(name => `\`${name}\``).join(', ')}.`,
  examples: ['seat-limit-reached'],
})

export const ProblemExplanation = component(
  'ProblemExplanation',
  Type.Object(
    {
      type: Type.String({ description: "The problem's `type`.", examples: ['/problems/seat-limit-reached'] }),
      status: Type.Integer({ description: 'The HTTP status of its answers.', examples: [409] }),
      title: Type.String({
        description: 'The problem in a few words.',
        examples: ['All seats of the contract are taken'],
      }),
      meaning: Type.String({ description: 'What it means.' }),
      remedy: Type.String({ description: 'What to do about it.' }),
    },
    { description: 'What a problem means and what to do about it.' },
  ),
)

/** The named schemas of this file. */
export const serviceComponents: readonly NamedSchema[] = [Health, ProblemExplanation]
