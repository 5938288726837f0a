/** The scopes of clients. Every route names the one scope that it needs. */
export const SCOPES = {
  'catalogue:read': 'Read products and apps, and calculate seats',
  'catalogue:write': 'Change products and apps',
  'customers:read': 'Read customers',
  'customers:write': 'Create and replace customers (CRM)',
  'contracts:read': 'Read contracts and their seats',
  'contracts:write': 'Create and replace contracts (billing)',
  'contacts:read': 'Read contacts, rosters and application forms',
  'contacts:write':
    'Register, change and remove contacts, one by one, by a form or as a whole roster, change the primary, ' +
    'and approve and apply change requests',
  'lifecycles:write': 'Change a person on all contracts of a customer: name, address, or that they leave',
  'imports:write': 'Send files of customers, contracts and contacts, and read what became of their rows',
  'requests:read': 'Read change requests',
  'requests:write': 'Record, change, reject and withdraw change requests',
  'requests:confirm': "Record the primary's confirmation of a change request",
  'requests:override':
    'Record the confirmation of another person than the primary, with the reason; and apply or approve a change ' +
    'request that the client itself has filed and confirmed',
  'history:read': 'Read the history of changes',
  'events:read': 'Read the events of all changes; what changed in a thing needs the scope that reads it',
  'disclosures:read': 'Read who took which list of people',
  'personal_data:manage': 'Report all that is held of a person, and erase people who are no contacts any more',
  'senders:check': 'Check whether senders are authorised',
  'senders:confirm': 'See which primary can confirm an unregistered sender: for staff, not for gateways',
  'senders:hints': 'See near misses in sender checks: for staff, not for gateways',
  'accounts:read': 'Read support accounts',
  'notices:read': 'Read the lists of recipients of notices',
  'accounts:report': 'Report of support accounts: password, whether mail reaches them, user of the help desk',
  'webhooks:manage': 'Create, change and delete webhook endpoints, and see what was delivered',
  'clients:read': 'Read API clients and their history',
  'clients:manage': 'Create, change and revoke API clients, with scopes that the caller has',
} as const

export type Scope = keyof typeof SCOPES

/** Whether a text is the name of a scope. */
export function isScope(text: string): text is Scope {
  return Object.hasOwn(SCOPES, text)
}

export const ALL_SCOPES = Object.keys(SCOPES) as Scope[]
