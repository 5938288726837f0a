import { changeRequestExamples } from '#http/schemas/change-requests/change-request-examples.ts'
import { primaryExample } from '#http/schemas/rosters/contact-examples.ts'
import { CONTACT_ID, CONTRACT_ID, SUCCESSOR_ID } from '#http/schemas/examples.ts'
import { planExample } from '#http/schemas/rosters/roster-examples.ts'

const changed = { ...primaryExample, email: 'taro.yamada@aozora.example.co.jp' }

export const personChangeExamples = {
  input: {
    address: {
      summary: 'Another address, on all contracts',
      value: { contact_id: CONTACT_ID, changes: { email: 'taro.yamada@aozora.example.co.jp' } },
    },
    leaves: {
      summary: 'The person leaves the company, and another contact takes over as the primary',
      value: {
        contact_id: CONTACT_ID,
        leaves: true,
        successors: [{ contract_id: CONTRACT_ID, contact_id: SUCCESSOR_ID }],
      },
    },
  },
  answer: { address: { summary: 'With another address', value: { contacts: [changed] } } },
  filed: {
    scheduled: {
      summary: 'Waits for its day',
      value: {
        ...changeRequestExamples.approved.scheduled.value,
        contract_id: null,
        operations: [],
        person_change: { contact_id: CONTACT_ID, changes: { email: 'taro.yamada@aozora.example.co.jp' } },
        needs_confirmation: [],
        confirmation: null,
        confirmations: [],
        plan: null,
        contract_plans: { feasible: true, contracts: [planExample] },
      },
    },
  },
  plan: {
    possible: { summary: 'Possible on the one contract', value: { feasible: true, contracts: [planExample] } },
  },
}
