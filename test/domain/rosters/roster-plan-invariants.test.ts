import t from 'tap'
import { nameKey } from '#domain/names/name-keys.ts'
import { always, names } from './planned-roster.ts'

t.test('R10: a roster ends with exactly one primary, or with no person', async t => {
  always(t, ({ final }) => final.filter(({ role }) => role === 'primary').length === Math.min(final.length, 1))
})

t.test('R24, R27: a roster ends within its limit, or no larger than it was', async t => {
  always(
    t,
    ({ final, roster, plan }) =>
      plan.seats_used === final.length && final.length <= Math.max(roster.contract.seat_limit, roster.contacts.length),
  )
})

t.test('the final roster is the desired one', async t => {
  always(
    t,
    ({ final, desired }) =>
      final.length === desired.length &&
      desired.every(asked =>
        final.some(contact =>
          Object.entries(asked).every(
            ([field, value]) => field === 'shared_mailbox' || contact[field as keyof typeof contact] === value,
          ),
        ),
      ),
  )
})

t.test('R17: no person comes to the address of another person without the statement that it is shared', async t => {
  always(t, ({ plan, own, final }) => {
    const newcomers = [
      ...plan.added,
      ...plan.changed.filter(({ before, after }) => before.email_key !== after.email_key).map(({ after }) => after),
    ]
    return newcomers
      .filter(({ shared_mailbox }) => shared_mailbox !== true)
      .every(newcomer => {
        const others = own(newcomer.email_key)?.elsewhere ?? []
        const here = final.filter(
          contact =>
            contact.email_key === newcomer.email_key &&
            (!newcomers.includes(contact) || contact.shared_mailbox !== true),
        )
        return names(others, newcomer) || [...others, ...here].every(other => nameKey(other) === nameKey(newcomer))
      })
  })
})

t.test('R19: no person is on the contract twice by a change', async t => {
  always(
    t,
    ({ final }) => new Set(final.map(contact => `${contact.email_key} ${nameKey(contact)}`)).size === final.length,
  )
})
