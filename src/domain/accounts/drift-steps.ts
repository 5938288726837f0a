import { hash } from 'node:crypto'
import type { ComparedLine, DriftRefusal } from '#domain/accounts/drift-line.ts'
import { displayName } from '#domain/accounts/support-account.ts'

/** What to do in the help desk. `none` says why a line was passed over. */
export const DRIFT_ACTIONS = ['create', 'link', 'rename', 'rekey', 'suspend', 'reactivate', 'none'] as const
type DriftAction = (typeof DRIFT_ACTIONS)[number]

export const STEP_REASONS = [
  'no_user',
  'same_address',
  'name_differs',
  'address_differs',
  'address_needed',
  'account_closed',
  'not_registered',
  'account_open',
] as const

/** The line is one of the report; null where no line is of the user, who is to be created. */
export type DriftStep = {
  line: number | null
  action: DriftAction
  external_id: string | null
  account_id: string | null
  /** The address and the name that the user has after the step. */
  email: string | null
  name: string | null
  reason: (typeof STEP_REASONS)[number] | DriftRefusal
}

/**
 * The steps that bring one user of the help desk in line with the support accounts (R16–R21): no more than are needed.
 * A user whose account is closed, or who has none, only has to be suspended, whatever address and name it has.
 */
export function driftSteps(compared: ComparedLine): DriftStep[] {
  const { line, kind, external_id, account_id, email, name, refusal } = compared
  const user = { external_id, account_id, email, name }
  if (refusal !== null) return [{ line, action: 'none', ...user, reason: refusal }]
  if (kind === 'freed') return [freed(compared)]
  if (kind === 'missing') return missing(compared)
  if (compared.is_open) return ofAccount(compared)
  const reason = account_id === null ? 'not_registered' : 'account_closed'
  const suspended: DriftStep = { line, action: 'suspend', ...user, reason }
  return [...(compared.is_suspended ? [] : [suspended]), ...(compared.is_freed ? [freed(compared)] : [])]
}

function missing({ account_id, target_email, contacts }: ComparedLine): DriftStep[] {
  const name = displayName(contacts)
  if (name === null) return [] // its last contact has left meanwhile
  return [{ line: null, action: 'create', external_id: null, account_id, email: target_email, name, reason: 'no_user' }]
}

function ofAccount(compared: ComparedLine): DriftStep[] {
  const { line, external_id, account_id, target_email, contacts } = compared
  const user = { external_id, account_id, email: compared.email, name: compared.name }
  const steps: DriftStep[] = []
  if (!compared.is_linked) steps.push({ line, action: 'link', ...user, reason: 'same_address' })
  if (target_email !== null) {
    user.email = target_email
    steps.push({ line, action: 'rekey', ...user, reason: 'address_differs' })
  }
  const shown = displayName(contacts)
  if (shown !== null && shown !== user.name) {
    user.name = shown
    steps.push({ line, action: 'rename', ...user, reason: 'name_differs' })
  }
  if (compared.is_suspended) steps.push({ line, action: 'reactivate', ...user, reason: 'account_open' })
  return steps
}

/** The user leaves an address that another one gets. No mail is ever sent to a domain of `.invalid` (RFC 2606). */
function freed({ line, external_id, account_id, name }: ComparedLine): DriftStep {
  const email = `${hash('sha256', external_id ?? '').slice(0, 24)}@released.invalid`
  return { line, action: 'rekey', external_id, account_id, email, name, reason: 'address_needed' }
}
