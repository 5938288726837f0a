import {
  ACQUIRER_ID,
  MOVED_ACCOUNT_ID,
  MOVED_CONTACT_ID,
  MOVED_CONTRACT_ID,
  OTHER_CUSTOMER_ID,
} from '#http/schemas/examples.ts'

const accounts = { account_ids: [MOVED_ACCOUNT_ID], superseded_account_ids: [] }
const seats = { limit: 4, used: 1, available: 3, over: 0 }

export const transferExamples = {
  input: {
    split: {
      summary: 'A department became a company of its own, and one contract goes to it',
      value: { contract_ids: [MOVED_CONTRACT_ID], to_customer_id: ACQUIRER_ID },
    },
  },
  answer: {
    split: {
      summary: 'The contract went to the other customer with its contact',
      value: {
        to_customer_id: ACQUIRER_ID,
        contracts: [
          {
            contract_id: MOVED_CONTRACT_ID,
            from_customer_id: OTHER_CUSTOMER_ID,
            contact_ids: [MOVED_CONTACT_ID],
          },
        ],
        ...accounts,
      },
    },
  },
  plan: {
    possible: {
      summary: 'Possible now',
      value: {
        feasible: true,
        contracts: [
          {
            contract_id: MOVED_CONTRACT_ID,
            feasible: true,
            added: [],
            changed: [],
            removed: [],
            role_changes: [],
            accounts: { opened: [], renamed: [], rekeyed: [], closed: [], residual_access: [] },
            seats: { before: seats, after: seats },
            problems: [],
            warnings: [],
          },
        ],
        ...accounts,
      },
    },
  },
}
