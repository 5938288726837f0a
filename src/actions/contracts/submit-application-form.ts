import type { ActionContext } from '#actions/support/action-context.ts'
import { lockRoster } from '#actions/support/rosters/lock-roster.ts'
import { planRosterChange } from '#actions/support/rosters/plan-roster-change.ts'
import { withIdempotency, type IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import { insertApplicationForm } from '#db/contracts/application-forms.ts'
import { findBaseSeats } from '#db/contracts/form-facts.ts'
import { insertHistory } from '#db/history/history.ts'
import type { Statement } from '#db/driver/statement.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import {
  applicationFormView,
  formSeatLimit,
  type ApplicationForm,
  type ApplicationFormView,
} from '#domain/contracts/application-form.ts'
import { readApplicationForm } from '#domain/contracts/read-application-form.ts'
import type { ContactInput } from '#domain/contacts/contact-input.ts'
import { withWarnings, type WithWarnings } from '#domain/name-note.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { Caller } from '#domain/caller.ts'
import type { Asking } from '#domain/requester.ts'
import type { Channel } from '#domain/vocabulary.ts'

export type FormSubmission = {
  contract_id: string
  form_version: string
  /** The day on which the form came in; today, unless it says otherwise. */
  received_on: string | null
  channel: Channel
  privacy_notice_version: string
  contacts: readonly ContactInput[]
  asking: Asking
  caller: Caller
  key?: IdempotencyKey | undefined
}

/**
 * Registers the first contacts of a contract from its application form, in one step (R23). Refuses a contract that has
 * had contacts, and the whole form with every reason where anything in it does not fit.
 */
export async function submitApplicationForm(
  context: ActionContext,
  submission: FormSubmission,
): Promise<IdempotentOutcome<WithWarnings<ApplicationFormView>>> {
  const { contract_id, form_version, channel, privacy_notice_version, contacts, asking, key } = submission
  const caller = { ...submission.caller, source: 'application_form' as const }
  const received_on = receivedOn(submission.received_on, context.clock.today())
  return await withIdempotency(context, key, async trx => {
    const [roster, base_seats] = await Promise.all([
      lockRoster(context, trx, contract_id),
      findBaseSeats(trx, contract_id),
    ])
    const { customer_id, seat_limit: full, registered_at } = roster.contract
    if (registered_at !== null) throw new RefusedError({ type: 'already-registered', contract_id, registered_at })
    const seat_limit = formSeatLimit(form_version, { base_seats: base_seats ?? 0, seat_limit: full })
    const desired = readApplicationForm(roster, form_version, seat_limit, contacts, context.newId)
    const change = { roster, desired, asking, caller }
    const { plan, statements, requested_by } = await planRosterChange(context, trx, change)
    const form: ApplicationForm = {
      contract_id,
      customer_id,
      form_version,
      received_on,
      channel,
      privacy_notice_version,
      seat_limit,
      registered_at: plan.occurred_at,
      contact_ids: plan.added.map(({ contact_id }) => contact_id),
    }
    const view = applicationFormView(form, plan.added)
    return {
      value: withWarnings(view, plan.warnings),
      statements: [...statements, insertApplicationForm(form), formHistory(view, { ...caller, requested_by })],
    }
  })
}

/** The record of a form, as it is answered (R37). */
function formHistory(form: ApplicationFormView, caller: Caller): Statement<unknown> {
  const { contract_id, customer_id, registered_at: occurred_at } = form
  return insertHistory({ ...caller, occurred_at }, [
    { event: 'application_form.accepted', subject_id: contract_id, contract_id, customer_id, after: form },
  ])
}

function receivedOn(received_on: string | null, today: string): string {
  if (received_on === null || received_on <= today) return received_on ?? today
  throw new RefusedError({ type: 'invalid-value', errors: [{ pointer: '#/received_on', code: 'in-the-future' }] })
}
