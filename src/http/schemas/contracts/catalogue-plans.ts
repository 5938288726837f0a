import { Type } from 'typebox'
import { component, ref, type NamedSchema } from '#http/schemas/named-schema.ts'
import { CONTRACT_ID } from '#http/schemas/examples.ts'
import { truncated } from '#http/schemas/problems/problem-facts.ts'
import { RosterPlan } from '#http/schemas/rosters/roster-plans.ts'

const count = (description: string, example: number) => Type.Integer({ minimum: 0, description, examples: [example] })

export const CataloguePlan = component(
  'CataloguePlan',
  Type.Object(
    {
      feasible: Type.Boolean({
        description: 'Whether it could be applied. Always true: a change of the catalogue is never refused for seats.',
        examples: [true],
      }),
      moved: count('How many contracts would get another limit.', 1),
      newly_over: count('How many of them would be newly over their limit (R27).', 0),
      contracts: Type.Array(ref(RosterPlan), {
        description:
          'These contracts, the newly over first, then in the order of their ids; the first 200. Their contacts stay ' +
          'as they are: only `seats` differs.',
      }),
      truncated,
    },
    { description: 'What a change of the catalogue would do to the contracts, before it is applied (R6, R27).' },
  ),
)

const seats = (limit: number) => ({ limit, used: 5, available: Math.max(limit - 5, 0), over: Math.max(5 - limit, 0) })
export const cataloguePlanExamples = {
  one: {
    summary: 'One contract gets another limit',
    value: {
      feasible: true,
      moved: 1,
      newly_over: 0,
      contracts: [
        {
          contract_id: CONTRACT_ID,
          feasible: true,
          added: [],
          changed: [],
          removed: [],
          role_changes: [],
          accounts: { opened: [], renamed: [], rekeyed: [], closed: [], residual_access: [] },
          seats: { before: seats(12), after: seats(11) },
          problems: [],
          warnings: [],
        },
      ],
    },
  },
}

/** The named schemas of this file. */
export const cataloguePlansComponents: readonly NamedSchema[] = [CataloguePlan]
