import t from 'tap'
import { contactView } from '#domain/contact.ts'
import { contact } from './rosters/roster-facts.ts'

t.test(
  'R8: a contact is shown with its derived name, without its comparison key and without a kind of seat',
  async t => {
    const yamada = contact('yamada', {
      family_name: '山田',
      given_name: '太郎',
      role: 'primary',
      duties: ['system'],
    })
    const { email_key: _key, ...shown } = yamada
    t.strictSame(contactView(yamada), { ...shown, name: '山田 太郎' })
  },
)

t.test('R15: the name of a contact in Latin script has the given name first', async t => {
  t.equal(contactView(contact('smith', { family_name: 'Smith', given_name: 'John' })).name, 'John Smith')
})

t.test('a contact is always shown in the same order of fields, whatever the order it comes in', async t => {
  const facts = contact('yamada')
  const shuffled = Object.fromEntries(Object.entries(facts).toReversed()) as typeof facts
  t.strictSame(Object.keys(contactView(shuffled)), Object.keys(contactView(facts)))
})
