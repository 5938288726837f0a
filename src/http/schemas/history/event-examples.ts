import { primaryExample } from '#http/schemas/rosters/contact-examples.ts'
import { ACCOUNT_ID, CONTACT_ID, CONTRACT_ID, CUSTOMER_ID, REQUEST_ID } from '#http/schemas/examples.ts'

export const eventExamples = {
  page: {
    duties: {
      summary: 'A contact whose duties were changed',
      value: {
        items: [
          {
            event_id: 2048,
            type: 'contact.changed',
            occurred_at: '2026-09-14T23:40:00.000Z',
            subject_id: CONTACT_ID,
            customer_id: CUSTOMER_ID,
            contract_id: CONTRACT_ID,
            contact_id: CONTACT_ID,
            account_id: ACCOUNT_ID,
            change_request_id: null,
            request_id: REQUEST_ID,
            client_id: 'admin',
            source: 'direct',
            seats: { limit: 4, used: 3, over: 0 },
            data: { before: { ...primaryExample, duties: [] }, after: primaryExample },
          },
        ],
        next_cursor: '2048',
        has_more: false,
      },
    },
    none: { summary: 'No event yet', value: { items: [], next_cursor: '2048', has_more: false } },
  },
}
