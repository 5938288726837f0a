import type { SeatProduct } from '#domain/contracts/seat-limit.ts'
import type { AppKind } from '#domain/vocabulary.ts'

const ADVANCED = [
  'expenses',
  'receivables_payables',
  'journal_entry',
  'cash_book',
  'fixed_assets',
  'groupware',
  'workflow',
]

function product(base_seats: number, fields: Partial<SeatProduct> = {}): SeatProduct {
  return { base_seats, bundled_app_ids: [], counts_apps: false, counts_connections: false, ...fields }
}

/** The five products of R1–R5. */
export const PRODUCTS = {
  manage: product(4, { counts_apps: true }),
  manage_ac: product(4, { counts_apps: true, bundled_app_ids: ADVANCED }),
  manage_ac_smart: product(4, { counts_apps: true, bundled_app_ids: ADVANCED.slice(0, 3) }),
  data_link: product(2, { counts_connections: true }),
  erp_hosting: product(2),
}

export const KINDS = new Map<string, AppKind>([
  ...['attendance', 'man_hours', ...ADVANCED].map(app_id => [app_id, 'app'] as const),
  ['attendance_gap_option', 'option'],
])
