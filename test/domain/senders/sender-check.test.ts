import t from 'tap'
import { INVALID_ADDRESS, senderCheck } from '#domain/senders/sender-check.ts'
import { presentFacts, refusedFacts, type SenderFacts, type SenderRegistration } from '#domain/senders/sender-facts.ts'
import { similarAddress } from '#domain/senders/sender-check-view.ts'

const registration = (fields: Partial<SenderRegistration> = {}): SenderRegistration => ({
  email_key: 'a@example.jp',
  account_id: 'account',
  email: 'A@example.jp',
  contact_id: 'contact',
  contract_id: 'C-1',
  customer_id: 'customer',
  product_id: 'manage',
  role: 'primary',
  duties: [],
  family_name: '山田',
  given_name: '太郎',
  registered_at: '2026-01-01T00:00:00.000Z',
  starts_on: '2026-04-01',
  ends_on: null,
  ...fields,
})
const TODAY = '2026-05-01'
const facts = (registrations: SenderRegistration[], hasLeft = false): SenderFacts => ({
  ...presentFacts(registrations, {}),
  hasLeft,
})
const ENDED = { contract_id: 'C-2', ends_on: '2026-04-30' }
const FUTURE = { contract_id: 'C-3', starts_on: '2026-05-02' }

const reason = (registrations: SenderRegistration[], hasLeft = false) =>
  senderCheck('a@example.jp', facts(registrations, hasLeft), TODAY).reason

t.test('R29: the reason is the one nearest to being authorised', async t => {
  t.equal(reason([registration(ENDED), registration(FUTURE), registration()], true), 'registered')
  t.equal(reason([registration(ENDED), registration(FUTURE)], true), 'not_yet_in_force')
  t.equal(reason([registration(ENDED)], true), 'contract_ended')
  t.equal(reason([], true), 'removed')
  t.equal(reason([]), 'never_registered')
})

t.test(
  'R28, R29: an authorised sender is shown with the contracts in force alone; the account stays what it is',
  async t => {
    const check = senderCheck(
      'a@example.jp',
      facts([
        registration(),
        registration(FUTURE),
        registration({ ...ENDED, family_name: '伊藤' }),
        registration({ ...FUTURE, family_name: '佐藤', role: 'secondary' }),
      ]),
      TODAY,
    )
    t.same(
      check.contracts.map(({ contract_id }) => contract_id),
      ['C-1'],
    )
    t.same(
      check.people.map(({ name }) => name),
      ['山田 太郎'],
    )
    t.match(check.account, { display_name: '山田/佐藤', shared: true })
    t.equal(
      senderCheck('a@example.jp', facts([registration(ENDED)]), TODAY).account,
      null,
      'no person keeps that account open',
    )
  },
)

t.test('R29: narrowing leaves only what was asked for', async t => {
  for (const [narrowing, found] of [
    [{ contract_id: 'C-1' }, 1],
    [{ contract_id: 'C-2' }, 0],
    [{ customer_id: 'other' }, 0],
    [{ product_id: 'data_link' }, 0],
    [{ product_id: 'manage', customer_id: 'customer' }, 1],
  ] as const) {
    t.equal(presentFacts([registration()], narrowing).registrations.length, found)
  }
  t.match(
    refusedFacts(facts([]), [
      { ...registration(ENDED), left_at: null, is_erased: false },
      { ...registration(), left_at: '2026-04-01T00:00:00.000Z', is_erased: true },
    ]),
    { registrations: { length: 1 }, hasLeft: true },
  )
})

t.test('every refusal has a text in both languages, and an address of no person gives no hint', async t => {
  for (const registrations of [[registration(ENDED)], [registration(FUTURE)], []])
    for (const hasLeft of [true, false]) {
      const { reply } = senderCheck('a@example.jp', facts(registrations, hasLeft), TODAY)
      t.ok(reply !== null && /[ぁ-ん]/.test(reply.ja) && /^[ -~]+$/.test(reply.en))
    }
  t.equal(senderCheck('a@example.jp', facts([registration()]), TODAY).reply, null)
  t.equal(INVALID_ADDRESS.reason, 'invalid_address')
  t.same(similarAddress([]), [])
})
