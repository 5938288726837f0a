import t from 'tap'
import { contact, primary } from './rosters/roster-facts.ts'
import { RefusedError, type Refusal } from '#domain/refusal.ts'
import type { RequesterInput } from '#domain/requester-input.ts'
import { NOBODY_ASKED, requesterIds, settledRequester, type Asking } from '#domain/requester.ts'

const DESK = 'desk@aozora.example.jp'
const ito = primary('ito', { family_name: '伊藤', given_name: '花子', email_key: DESK })
const sato = contact('sato', { family_name: '佐藤', given_name: '次郎', email_key: DESK })
const takahashi = contact('takahashi', { family_name: '髙橋', given_name: '恵', email_key: 'megumi@aozora.example.jp' })
const sasaki = contact('sasaki', { family_name: 'ササキ', given_name: 'ジロウ', email_key: DESK })
const smith = contact('smith', { family_name: 'Smith', given_name: 'John', email_key: DESK })
const ALL = [ito, sato, takahashi, sasaki, smith]

const asking = (fields: Partial<RequesterInput>, reads_contacts = true): Asking => ({
  requested_by: { channel: 'mail', contact_id: null, name: null, email: null, ticket: null, ...fields },
  reads_contacts,
  pointer: '#/requested_by/contact_id',
})
const found = (fields: Partial<RequesterInput>, among = ALL): string | null | undefined =>
  settledRequester(among, asking(fields))?.contact_id
function refusalOf(ask: Asking, among = ALL): Refusal | undefined {
  try {
    settledRequester(among, ask)
    return undefined
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    return error.refusals[0]
  }
}

t.test('R25: at a mailbox that several people share, the name says who asked', async t => {
  for (const name of ['佐藤', '佐藤 次郎', '佐藤　次郎', '佐藤次郎', ' 佐藤 ', '佐藤様', '佐藤 次郎 様'])
    t.equal(found({ email: DESK, name }), 'sato', name)
  for (const name of ['ｻｻｷ', 'ｻｻｷ ｼﾞﾛｳ', 'ササキジロウ']) t.equal(found({ email: DESK, name }), 'sasaki', name)
  for (const name of ['John Smith', 'SMITH John', 'Smith', 'Ｓｍｉｔｈ'])
    t.equal(found({ email: DESK, name }), 'smith', name)
  t.equal(found({ email: ' DESK@aozora.example.jp', name: '伊藤' }), 'ito', 'addresses compare in any spelling')
})

t.test('R25: variant kanji and spaces make no other person', async t => {
  for (const name of ['髙橋', '高橋', '高橋恵', '高橋 恵', '髙橋　恵'])
    t.equal(found({ email: takahashi.email, name }), 'takahashi', name)
})

t.test('R25: an address of one person needs no name, and another name there is a stranger', async t => {
  t.equal(found({ email: takahashi.email }), 'takahashi')
  for (const name of ['謎 次郎', '次郎', '伊', '　', '恵'])
    t.equal(found({ email: takahashi.email, name }), null, `"${name}"`)
  t.equal(found({ email: DESK, name: '謎 次郎' }), null, 'no person is recorded as another')
  t.equal(found({ email: 'nobody@aozora.example.jp', name: '佐藤 次郎' }), null)
})

t.test('R25: a name without an address proves nothing: such a requester is a stranger', async t => {
  t.equal(found({ name: '髙橋 恵', channel: 'phone' }), null)
})

t.test('R25: several people who may have asked are a refusal, which names them to who may read contacts', async t => {
  const candidates = [
    { contact_id: 'ito', name: '伊藤 花子' },
    { contact_id: 'sato', name: '佐藤 次郎' },
  ]
  t.strictSame(refusalOf(asking({ email: DESK }), [ito, sato]), { type: 'requester-ambiguous', candidates })
  t.strictSame(refusalOf(asking({ email: DESK }, false), [ito, sato]), { type: 'requester-ambiguous' })
  const other = contact('other', { family_name: '佐藤', given_name: '三郎', email_key: DESK })
  t.match(refusalOf(asking({ email: DESK, name: '佐藤' }), [ito, sato, other]), {
    type: 'requester-ambiguous',
    candidates: [{ contact_id: 'sato' }, { contact_id: 'other' }],
  })
  t.equal(found({ email: DESK, name: '佐藤三郎' }, [ito, sato, other]), 'other', 'the whole name tells them apart')
})

t.test('R25: over several contracts the requester is a person, as primary where the person is one', async t => {
  const on_another = primary('sato as primary', { family_name: '佐藤', given_name: '次郎', email_key: DESK })
  const all = [ito, sato, on_another]
  t.equal(found({ email: DESK, name: '佐藤' }, all), 'sato as primary')
  const by = (contact_id: string | null) => requesterIds(all, { ...asking({}).requested_by!, contact_id })
  t.strictSame(by('sato'), new Set(['sato', 'sato as primary']))
  t.strictSame(by(null), new Set(), 'a stranger is none of them')
  t.strictSame(by('gone'), new Set(['gone']), 'a contact who is no longer there still asked')
  t.equal(requesterIds(all, null), null)
})

t.test('R25: a contact is named by its id, and only one of the contract', async t => {
  t.equal(found({ contact_id: 'sato', email: 'other@example.jp', name: '謎' }), 'sato')
  t.strictSame(refusalOf(asking({ contact_id: 'x' })), {
    type: 'unknown-reference',
    references: [{ pointer: '#/requested_by/contact_id', resource: 'contact', id: 'x' }],
  })
})

t.test('R25: what was given is given back, and no person may have asked', async t => {
  const given = { channel: 'phone', name: '佐藤', email: DESK, ticket: 'T-1' } as const
  t.strictSame(settledRequester(ALL, asking(given)), { ...given, contact_id: 'sato' })
  t.equal(settledRequester(ALL, { requested_by: null, reads_contacts: true, pointer: '' }), null)
  t.equal(settledRequester(ALL, NOBODY_ASKED), null)
})
