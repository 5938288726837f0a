import type { ActionContext, Requester } from '#actions/support/action-context.ts'
import { changeRoster } from '#actions/support/change-roster.ts'
import { withIdempotency, type IdempotentOutcome } from '#actions/support/with-idempotency.ts'
import { findBaseSeats, insertApplicationForm } from '#db/application-forms.ts'
import { insertHistory } from '#db/history.ts'
import type { IdempotencyKey } from '#db/idempotency-keys.ts'
import {
  applicationFormView,
  formSeatLimit,
  readApplicationForm,
  type ApplicationForm,
  type ApplicationFormView,
} from '#domain/application-form.ts'
import type { ContactInput } from '#domain/contact-input.ts'
import { withWarnings, type WithWarnings } from '#domain/name-note.ts'
import { RefusedError } from '#domain/refusal.ts'
import type { Roster } from '#domain/roster.ts'
import type { Channel } from '#domain/vocabulary.ts'

export type FormSubmission = {
  contract_id: string
  form_version: string
  /** The day on which the form came in; today, unless it says otherwise. */
  received_on: string | null
  channel: Channel
  privacy_notice_version: string
  contacts: readonly ContactInput[]
  requester: Requester
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
  const { clock } = context
  const { contract_id, form_version, channel, privacy_notice_version, requester, key } = submission
  const received_on = receivedOn(submission.received_on, clock.today())
  return await withIdempotency(context, key, async (trx, keep) => {
    const base_seats = await findBaseSeats(trx, contract_id)
    let form: ApplicationForm | undefined
    const wish = (roster: Roster) => {
      const { customer_id, seat_limit: full, registered_at } = roster.contract
      if (registered_at !== null) throw new RefusedError({ type: 'already-registered', contract_id, registered_at })
      const seat_limit = formSeatLimit(form_version, { base_seats: base_seats ?? 0, seat_limit: full })
      form = {
        contract_id,
        customer_id,
        form_version,
        received_on,
        channel,
        privacy_notice_version,
        seat_limit,
        registered_at: clock.now(),
        contact_ids: [],
      }
      return readApplicationForm(roster, form_version, seat_limit, submission.contacts, context.newId)
    }
    const plan = await changeRoster(
      context,
      trx,
      { contract_id, requester, wish },
      ({ added, registered_at, warnings }) => {
        form = { ...form!, registered_at: registered_at!, contact_ids: added.map(({ contact_id }) => contact_id) }
        const { contact_ids: _contacts, ...after } = form
        const entry = {
          event: 'application_form.accepted',
          subject_id: contract_id,
          contract_id,
          customer_id: form.customer_id,
          after,
        }
        return [
          insertApplicationForm(form),
          insertHistory({ ...requester, occurred_at: form.registered_at }, [entry]),
          ...keep(withWarnings(applicationFormView(form, added), warnings)),
        ]
      },
    )
    return withWarnings(applicationFormView(form!, plan.added), plan.warnings)
  })
}

function receivedOn(received_on: string | null, today: string): string {
  if (received_on === null || received_on <= today) return received_on ?? today
  throw new RefusedError({ type: 'invalid-request', errors: [{ pointer: '#/received_on', code: 'in-the-future' }] })
}
