import { closedObject, component, omittable, type NamedSchema } from '#http/schemas/named-schema.ts'
import { primaryExample } from '#http/schemas/rosters/contact-examples.ts'
import { restoredRole, shared_mailbox } from '#http/schemas/rosters/contact-fields.ts'
import { CONTACT_ID, SHARED_ACCOUNT_ID, SHARER_IDS, SUCCESSOR_ID } from '#http/schemas/examples.ts'
import { requested_by } from '#http/schemas/change-requests/requested-by.ts'

export const RestorationInput = component(
  'RestorationInput',
  closedObject(
    {
      role: restoredRole,
      shared_mailbox: omittable(shared_mailbox),
      requested_by,
    },
    { description: 'What is different about a contact that comes back, and who asked. Everything may be omitted.' },
  ),
)

const [, , TAKAHASHI] = SHARER_IDS
const RESTORED_ID = '01a0b1c4-1200-7a1b-8c2d-3e4f50617283'

const restored = {
  ...primaryExample,
  contact_id: RESTORED_ID,
  account_id: SHARED_ACCOUNT_ID,
  role: 'secondary',
  duties: [],
  family_name: '高橋',
  given_name: '恵',
  name: '高橋 恵',
  email: 'support-desk@aozora.example.co.jp',
  mailbox_shared: true,
  privacy_notice_shown_at: '2026-04-01T01:07:00.000Z',
  registered_at: '2026-09-15T00:10:00.000Z',
  first_registered_at: '2026-04-01T01:07:00.000Z',
  carried_from: TAKAHASHI,
  updated_at: '2026-09-15T00:10:00.000Z',
}

export const restorationExamples = {
  removed_id: TAKAHASHI,
  input: {
    as_before: { summary: 'As the contact was', value: {} },
    requested: {
      summary: 'At the request of a contact, as a secondary',
      value: { role: 'secondary', requested_by: { channel: 'phone', contact_id: SUCCESSOR_ID } },
    },
  },
  answer: {
    restored: { summary: 'A new contact that goes on from the removed one', value: restored },
    primary: {
      summary: 'The last contact, who comes back as the primary',
      value: {
        ...primaryExample,
        contact_id: RESTORED_ID,
        carried_from: CONTACT_ID,
        registered_at: '2026-09-15T00:10:00.000Z',
        updated_at: '2026-09-15T00:10:00.000Z',
      },
    },
  },
}

/** The named schemas of this file. */
export const restoredContactsComponents: readonly NamedSchema[] = [RestorationInput]
