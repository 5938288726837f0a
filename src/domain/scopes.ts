/** The scopes of clients. Every route names the one scope that it needs. */
export const SCOPES = {
  'catalogue:read': 'Read products and apps, and calculate seats',
  'catalogue:write': 'Change products and apps',
  'customers:read': 'Read customers',
  'customers:write': 'Feed customers from the CRM',
  'contracts:read': 'Read contracts and their seats',
  'contracts:write': 'Feed contracts from billing',
  'contacts:read': 'Read contacts, rosters and application forms',
  'contacts:write':
    'Register, change and remove contacts, one by one, by a form or as a whole roster, hand the primary role ' +
    'over, and approve and apply change requests',
  'requests:read': 'Read change requests',
  'requests:write': 'Take down, reject and withdraw change requests',
  'requests:confirm': "Record the primary's confirmation of a change request",
  'history:read': 'Read what changed, when, by whom',
  'disclosures:read': 'Read who took which list of people',
  'senders:check': 'Check whether senders are authorised',
  'senders:confirm': 'See with whose primary to confirm an unregistered sender: for staff, not for gateways',
  'senders:hints': 'See near misses in sender checks: for staff, not for gateways',
  'accounts:read': 'Read support accounts',
  'notices:read': 'Take out the list of those that notices go to',
  'accounts:report': 'Report what the support site knows of an account',
  'clients:read': 'Read API clients, and who granted them what',
  'clients:manage': 'Create, change and revoke API clients, with scopes that the caller has itself',
} as const

export type Scope = keyof typeof SCOPES

export function isScope(text: string): text is Scope {
  return Object.hasOwn(SCOPES, text)
}

export const ALL_SCOPES = Object.keys(SCOPES) as Scope[]
