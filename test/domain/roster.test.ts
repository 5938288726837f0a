import t from 'tap'
import { compareRoster } from '#domain/roster.ts'
import { addressesToPlan } from '#domain/roster-step.ts'
import { contact, desiredContact, primary, rosterOf } from './rosters/roster-facts.ts'

const present = [primary('a'), contact('b'), contact('c', { duties: ['contract', 'system'] })]
const [a, b, c] = present.map(desiredContact) as [
  ReturnType<typeof desiredContact>,
  ReturnType<typeof desiredContact>,
  ReturnType<typeof desiredContact>,
]

t.test('a roster that says the same changes nothing and concerns no address', async t => {
  const difference = compareRoster(present, [c, a, b])
  t.strictSame(difference, { added: [], changed: [], kept: [present[2], present[0], present[1]], removed: [] })
  t.strictSame(addressesToPlan([{ roster: rosterOf(present), desired: [c, a, b] }]), [])
})

t.test('contacts are added, changed, kept and removed by their ids', async t => {
  const added = desiredContact(contact('d'))
  const renamed = { ...b, family_name: '佐藤' }
  t.strictSame(compareRoster(present, [a, renamed, added]), {
    added: [added],
    changed: [{ before: present[1], after: renamed }],
    kept: [present[0]],
    removed: [present[2]],
  })
})

t.test('every field that a request can say makes a change', async t => {
  const changes = {
    role: 'primary',
    duties: ['system'],
    family_name: '佐藤',
    given_name: '花子',
    name_doubtful: true,
    email: 'B@example.jp',
    email_key: 'x@example.jp',
    privacy_notice_version: '2026-01',
    privacy_notice_shown_at: '2026-01-01T00:00:00.000Z',
  }
  t.strictSame(
    Object.keys(changes).toSorted(),
    Object.keys(b)
      .filter(field => field !== 'contact_id')
      .toSorted(),
    'all of them are here',
  )
  for (const [field, value] of Object.entries(changes))
    t.equal(compareRoster(present, [a, { ...b, [field]: value }, c]).changed.length, 1, field)
})

t.test('an address change concerns the old and the new address, each address once and sorted', async t => {
  const desired = [a, { ...b, email_key: 'z@example.jp' }, desiredContact(contact('d', { email_key: 'c@example.jp' }))]
  t.strictSame(addressesToPlan([{ roster: rosterOf(present), desired }]), [
    'b@example.jp',
    'c@example.jp',
    'z@example.jp',
  ])
})
