import t from 'tap'
import { formSeatLimit } from '#domain/contracts/application-form.ts'
import { readApplicationForm } from '#domain/contracts/read-application-form.ts'
import { rosterOf } from '../rosters/roster-facts.ts'

const seats = { base_seats: 4, seat_limit: 11 }
const person = (family_name: string, email = `${family_name}@example.jp`) => ({
  role: 'secondary' as const,
  duties: [],
  family_name,
  given_name: null,
  email,
  privacy_notice_version: '2025-10',
})

t.test('R23: forms up to version 2022-09 register up to the full limit, later ones up to the base seats', async t => {
  for (const version of ['1999-12', '2021-10', '2022-08', '2022-09'])
    t.equal(formSeatLimit(version, seats), 11, version)
  for (const version of ['2022-10', '2022-11', '2023-01', '2026-04']) t.equal(formSeatLimit(version, seats), 4, version)
  t.equal(formSeatLimit('2022-10', { base_seats: 4, seat_limit: 2 }), 2, 'never more than there are')
})

t.test(
  'R23: a form with more contacts than its version may is refused, with everything else that does not fit',
  async t => {
    let ids = 0
    const {
      contacts: desired,
      refusals,
      places,
    } = readApplicationForm(
      rosterOf([]),
      '2022-10',
      2,
      [person('山田'), person('a/b'), person('伊藤', 'x')],
      () => `new-${++ids}`,
    )
    t.match(refusals, [
      {
        type: 'form-limit-reached',
        contract_id: 'C-1',
        form_version: '2022-10',
        limit: 2,
        given: 3,
        pointers: ['#/contacts'],
      },
      { type: 'name-not-personal', pointer: '#/contacts/1/family_name' },
      { type: 'invalid-request', errors: [{ pointer: '#/contacts/2/email' }] },
    ])
    t.equal(desired.length, 3)
    t.strictSame(places.get('new-3'), '#/contacts/2')
    t.strictSame(
      readApplicationForm(rosterOf([]), '2022-10', 2, [person('山田'), person('伊藤')], () => `new-${++ids}`).refusals,
      [],
    )
  },
)
