import type { Scope } from '#domain/api-clients/scopes.ts'

/** The scopes that each usual kind of client needs, and no more. */
export const CLIENT_PRESETS = {
  catalogue: ['catalogue:read', 'catalogue:write'],
  crm: ['customers:read', 'customers:write', 'contracts:read', 'events:read', 'webhooks:manage'],
  billing: ['catalogue:read', 'customers:read', 'contracts:read', 'contracts:write', 'events:read', 'webhooks:manage'],
  help_desk: [
    'catalogue:read',
    'customers:read',
    'contracts:read',
    'contacts:read',
    'requests:read',
    'requests:write',
    'history:read',
    'events:read',
    'webhooks:manage',
    'senders:check',
    'senders:confirm',
    'senders:hints',
    'accounts:read',
    'accounts:report',
  ],
  support_site: ['accounts:read', 'accounts:report', 'events:read', 'webhooks:manage'],
  mail_gateway: ['senders:check', 'accounts:report'],
  operator: [
    'catalogue:read',
    'customers:read',
    'contracts:read',
    'contacts:read',
    'contacts:write',
    'lifecycles:write',
    'requests:read',
    'requests:write',
    'requests:confirm',
    'history:read',
    'senders:check',
    'senders:confirm',
    'senders:hints',
    'accounts:read',
    'notices:read',
  ],
  auditor: [
    'catalogue:read',
    'customers:read',
    'contracts:read',
    'contacts:read',
    'requests:read',
    'history:read',
    'events:read',
    'disclosures:read',
    'senders:check',
    'accounts:read',
    'clients:read',
  ],
  privacy_office: [
    'catalogue:read',
    'customers:read',
    'contracts:read',
    'contacts:read',
    'accounts:read',
    'requests:read',
    'history:read',
    'disclosures:read',
    'personal_data:manage',
  ],
  // Brings the lists of other systems in: its lines need the scopes of their things as well (R39).
  migration: [
    'catalogue:read',
    'customers:read',
    'customers:write',
    'contracts:read',
    'contracts:write',
    'contacts:read',
    'contacts:write',
    'imports:write',
    'accounts:read',
  ],
} as const satisfies Record<string, readonly Scope[]>

export type ClientPreset = keyof typeof CLIENT_PRESETS

export const CLIENT_PRESET_NAMES = Object.keys(CLIENT_PRESETS) as ClientPreset[]

/** The presets whose clients people at a desk use: they say at whose request they change contacts (R25). */
const NAMING_PRESETS: ReadonlySet<ClientPreset> = new Set(['help_desk', 'operator'])

/** Whether clients of a preset have to name the requester of a change (R25). */
export function namesRequester(preset: ClientPreset): boolean {
  return NAMING_PRESETS.has(preset)
}
