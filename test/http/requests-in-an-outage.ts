import { person } from '../helpers/fixtures.ts'

// Reads and writes of the catalogue, customers, contracts, contacts and accounts: each needs the database in its own
// way.
export const REQUESTS_IN_AN_OUTAGE: [method: string, path: string, payload?: object][] = [
  ['GET', '/v1/products'],
  ['GET', '/v1/products/manage'],
  [
    'PUT',
    '/v1/products/manage',
    { name: 'x', base_seats: 1, bundled_app_ids: [], counts_apps: true, counts_connections: false },
  ],
  ['GET', '/v1/apps'],
  ['GET', '/v1/apps/x'],
  ['PUT', '/v1/apps/x', { name: 'x', kind: 'app' }],
  ['POST', '/v1/seat-calculations', { product_id: 'manage' }],
  ['GET', '/v1/customers'],
  ['GET', '/v1/customers/x'],
  ['PUT', '/v1/customers/x', { name: 'x' }],
  ['GET', '/v1/contracts'],
  ['GET', '/v1/contracts/x'],
  [
    'PUT',
    '/v1/contracts/x',
    { customer_id: 'x', product_id: 'manage', app_ids: [], connections: 0, starts_on: '2024-04-01', ends_on: null },
  ],
  ['DELETE', '/v1/contracts/x'],
  ['DELETE', '/v1/customers/x'],
  ['GET', '/v1/contracts/x/contacts'],
  ['POST', '/v1/contracts/x/contacts', person({ role: 'primary' })],
  ['PUT', '/v1/contracts/x/primary', { new_contact: person() }],
  ['GET', '/v1/contacts'],
  ['GET', '/v1/contacts/019354a8-6c00-7c41-9d2e-3f5b8a1c7e90'],
  ['PATCH', '/v1/contacts/019354a8-6c00-7c41-9d2e-3f5b8a1c7e90', {}],
  ['DELETE', '/v1/contacts/019354a8-6c00-7c41-9d2e-3f5b8a1c7e90'],
  ['GET', '/v1/support-accounts'],
  ['GET', '/v1/support-accounts/019354a8-6c00-7c41-9d2e-3f5b8a1c7e90'],
  ['PATCH', '/v1/support-accounts/019354a8-6c00-7c41-9d2e-3f5b8a1c7e90', {}],
  ['GET', '/readyz'],
]
