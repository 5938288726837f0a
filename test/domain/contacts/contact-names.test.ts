import t from 'tap'
import { read, namesRefused } from './contact-input-facts.ts'

t.test('R13: a name of which nothing can be seen is no name', async t => {
  for (const family_name of ['\u200B', '\u3164', '\uFFA0', '\u00AD\uFE0F', '・', '--'])
    t.strictSame(namesRefused({ family_name }), [['#/family_name', 'empty', false]], JSON.stringify(family_name))
})

t.test('R13: what is no person is refused, what may be none is taken with a doubt', async t => {
  t.strictSame(namesRefused({ family_name: '情報システム部', given_name: null }), [
    ['#/family_name', 'department', true],
  ])
  t.strictSame(namesRefused({ family_name: '山田', given_name: '部長' }), [['#/given_name', 'title', true]])
  t.strictSame(namesRefused({ family_name: '株式会社山田', given_name: null }), [['#/family_name', 'company', false]])
  t.match(read({ family_name: '水流所', given_name: null }).contact, {
    family_name: '水流所',
    name_doubtful: true,
    name_note: { warnings: [{ code: 'name-doubtful', pointer: '#/family_name', reason: 'doubtful', matched: '所' }] },
  })
  t.match(read({ family_name: 'みどりの風', given_name: null }, { customer_name: 'みどりの風株式会社' }).refusals, [
    { code: 'equals-customer' },
  ])
  t.strictSame(
    read({ family_name: 'みどりの風', given_name: null }, { customer_name: null }).refusals,
    [],
    'whose contact it becomes is not known yet',
  )
})

t.test('R13: a title is left out, and said so', async t => {
  const titles = [
    [{ family_name: '山田様', given_name: null }, { family_name: '山田', given_name: null }, '様', '#/family_name'],
    [{ given_name: '太郎 様' }, { given_name: '太郎' }, '様', '#/given_name'],
    [{ given_name: '様' }, { given_name: null }, '様', '#/given_name'],
  ] as const
  for (const [given, kept, matched, pointer] of titles) {
    t.match(read(given).contact, {
      ...kept,
      name_doubtful: false,
      name_note: { warnings: [{ code: 'title-removed', matched, pointer }] },
    })
  }
})

t.test('R13: a person may vouch for what only looks like no person, never for what is none', async t => {
  const name_override = { reason: 'Confirmed by phone.' }
  t.match(read({ family_name: '情報システム部', given_name: null, name_override }), {
    refusals: [],
    contact: { family_name: '情報システム部', name_doubtful: false, name_note: { override: name_override } },
  })
  t.match(read({ family_name: '水流所', given_name: null, name_override }), {
    refusals: [],
    contact: { name_doubtful: false, name_note: { warnings: [], override: name_override } },
  })
  for (const family_name of ['株式会社山田', '未定', 'info@example.jp', '山田/伊藤'])
    t.match(
      namesRefused({ family_name, given_name: null, name_override }),
      [['#/family_name', String, false]],
      family_name,
    )
})

t.test('R13: a name that the contact has already is not judged again', async t => {
  const before = { ...read({}).contact, family_name: '情報システム部', given_name: null, name_doubtful: true }
  const { name_note: _note, ...stored } = before
  const present = () => stored
  t.match(read({ family_name: '情報システム部', given_name: null, duties: ['system'] }, { present }), {
    refusals: [],
    contact: { duties: ['system'], name_doubtful: true },
  })
  t.strictSame(namesRefused({ family_name: '経理部', given_name: null }, { present }), [
    ['#/family_name', 'department', true],
  ])
  const vouched = read(
    { family_name: '情報システム部', given_name: null, name_override: { reason: 'Confirmed by phone.' } },
    { present },
  )
  t.match(vouched.contact, { name_doubtful: false, name_note: { override: { reason: 'Confirmed by phone.' } } })
  t.match(
    read({ family_name: '情報システム部', given_name: null }, { present: () => vouched.contact }).contact.name_note,
    { override: { reason: 'Confirmed by phone.' } },
    'what an earlier step of the request said of it stays',
  )
})

t.test('R14: no person vouches a slash into a name, wherever it is', async t => {
  const name_override = { reason: 'Confirmed by phone.' }
  for (const family_name of ['山田、佐藤/伊藤', '山田 & 佐藤／伊藤', '山田/佐藤 他1名']) {
    t.strictSame(
      namesRefused({ family_name, given_name: null, name_override }),
      [['#/family_name', 'several-people', false]],
      family_name,
    )
  }
})
