import type { AccountContact } from '#domain/accounts/support-account.ts'

/** Why a line of a drift report is passed over, in place of its steps. */
export const DRIFT_REFUSALS = ['not_a_user', 'duplicate_external_id', 'duplicate_email'] as const
export type DriftRefusal = (typeof DRIFT_REFUSALS)[number]

/** A user of the help desk, as a line of the report says. */
export type DriftUser = {
  external_id: string
  email: string
  email_key: string
  name: string | null
  is_suspended: boolean
}

/** A line that was read: a user, or what is wrong with it, as the caller of the action will say it. */
export type ReadLine<Fault> =
  ({ line: number } & DriftUser) | { line: number; external_id: string | null; faults: readonly Fault[] }

/** A line that was compared with the accounts; or an account without a user, or an address that is made free. */
export type ComparedLine<Fault = unknown> = {
  line: number
  /** `user` as the line says, `missing` an account without one, `freed` a user whose address others need meanwhile. */
  kind: 'user' | 'missing' | 'freed'
  external_id: string | null
  email: string | null
  name: string | null
  is_suspended: boolean
  refusal: DriftRefusal | null
  errors: readonly Fault[] | null
  repeats_line: number | null
  account_id: string | null
  /** Whether the user has an account that is open. */
  is_open: boolean
  /** Whether the account has the user's id already. */
  is_linked: boolean
  /** The address that the user gets, if it is another than the present one. */
  target_email: string | null
  /** Whether another user gets the present address. */
  is_freed: boolean
  anchor: number
  depth: number
  contacts: AccountContact[]
}
