import t from 'tap'
import { isAutomaticMail } from '#domain/senders/automatic-mail.ts'
import { parseSender } from '#domain/senders/sender-address.ts'
import { addressesInHeader } from '#domain/senders/sender-check-view.ts'

const base64 = (text: string): string => Buffer.from(text).toString('base64')

// Headers as mail programs write them, and the name that mail readers show; the address is a@example.jp.
const READ: readonly (readonly [header: string, name: string | null])[] = [
  ['a@example.jp (山田太郎)', '山田太郎'],
  ['(山田) a@example.jp', '山田'],
  ['a@example.jp (山田 (営業))', '山田 (営業)'],
  ['a (x) @ (y) example.jp', 'x y'],
  ['a@example(x).jp', 'x'],
  ['a@example.jp (\\) escaped)', ') escaped'],
  ['<a@example.jp> (山田)', '山田'],
  ['<a@example.jp (comment)>', null],
  ['< a@example.jp >', null],
  ['(株)青空 山田 <a@example.jp>', '(株)青空 山田'],
  ['山田 (営業) <a@example.jp>', '山田 (営業)'],
  ['山田 <a@example.jp> (青空商事)', '山田 (青空商事)'],
  ['山田＠青空 <a@example.jp>', '山田＠青空'],
  ['＠青空 山田 <a@example.jp>', '＠青空 山田'],
  ['＜青空＞山田 <a@example.jp>', '＜青空＞山田'],
  ['山田，太郎 <a@example.jp>', '山田，太郎'],
  ['山田：営業 <a@example.jp>', '山田：営業'],
  ['山田 ＜a＠example.jp＞', '山田'],
  ['"山田, 太郎" <a@example.jp>', '山田, 太郎'],
  ['"Smith, John" (Sales) <a@example.jp>', 'Smith, John (Sales)'],
  ['"a <b@c.jp>" <a@example.jp>', 'a <b@c.jp>'],
  ["'山田 太郎' <a@example.jp>", "'山田 太郎'"],
  ["'a@example.jp' <a@example.jp>", "'a@example.jp'"],
  ['‘a@example.jp’ <A@example.jp>', '‘a@example.jp’'],
  ['a@example.jp via Acme <a@example.jp>', 'a@example.jp via Acme'],
  ['山田 a＠example.jp <a@example.jp>', '山田 a＠example.jp'],
  ['a @ example.jp <a@example.jp>', 'a @ example.jp'],
  ["'山田' via Info <a@example.jp>", "'山田' via Info"],
  ['"b@example.jp via Acme" <a@example.jp>', 'b@example.jp via Acme'],
  ['山\uFEFF田 <a@example.jp>', '山\uFEFF田'],
  ['\uFEFF山田 <a@example.jp>', '山田'],
  ['=?gbk?B?zfW3vA==?= <a@example.jp>', '王芳'],
  ['=?GB18030?B?zfW3vA==?= <a@example.jp>', '王芳'],
  ['=?ks_c_5601-1987?B?seix?= =?ks_c_5601-1987?B?6A==?= <a@example.jp>', '김김'],
  ['=?windows-1251?B?yOLg7Q==?= <a@example.jp>', 'Иван'],
  ['=?koi8-r?B?6dfBzg==?= <a@example.jp>', 'Иван'],
  ['=?UTF-7?Q?+XHE-?= <a@example.jp>', '=?UTF-7?Q?+XHE-?='],
  ['T. Yamada <a@example.jp>', 'T. Yamada'],
  ['山田\r\n 太郎 <a@example.jp>', '山田 太郎'],
  ['""<a@example.jp>', null],
  [`=?UTF-8?B?${base64('山田 太郎')}?= <a@example.jp>`, '山田 太郎'],
  [`=?utf-8?b?${base64('山田')}?= =?utf-8?b?${base64('太郎')}?= <a@example.jp>`, '山田太郎'],
  [`=?UTF-8?B?${base64('山田')}?=\r\n =?UTF-8?B?${base64('太郎')}?= <a@example.jp>`, '山田太郎'],
  ['=?UTF-8?Q?=E5=B1?= =?UTF-8?Q?=B1=E7=94=B0?= <a@example.jp>', '山田'],
  ['=?UTF-8?B?5bE=?= =?UTF-8?B?seeUsA==?= <a@example.jp>', '山田'],
  [`"=?UTF-8?B?${base64('山田')}?=" <a@example.jp>`, '山田'],
  [`a@example.jp (=?UTF-8?B?${base64('山田')}?=)`, '山田'],
  [`Taro =?UTF-8?B?${base64('山田')}?= <a@example.jp>`, 'Taro 山田'],
  [`=?UTF-8*ja?B?${base64('山田')}?= <a@example.jp>`, '山田'],
  ['=?ISO-2022-JP?B?GyRCOzNFRBsoQiAbJEJCQE86GyhC?= <a@example.jp>', '山田 太郎'],
  ['=?iso-2022-jp?Q?=1B=24B=3B3ED=1B=28B?= <a@example.jp>', '山田'],
  ['=?Shift_JIS?B?jlKTYw==?= <a@example.jp>', '山田'],
  ['=?cp932?B?jlKTYw==?= <a@example.jp>', '山田'],
  ['=?Windows-31J?B?jlKTYw==?= <a@example.jp>', '山田'],
  ['=?EUC-JP?B?u7PExA==?= <a@example.jp>', '山陳'],
  ['=?gb2312?B?zfW3vA==?= <a@example.jp>', '王芳'],
  ['=?iso-8859-1?Q?J=F6rg_M=FCller?= <a@example.jp>', 'Jörg Müller'],
  ['=?iso-8859-2?Q?=A3ukasz?= <a@example.jp>', 'Łukasz'],
  ['=?us-ascii?Q?John?= <a@example.jp>', 'John'],
  // What cannot be decoded stays as it is.
  ['=?x-unknown?B?AAAA?= <a@example.jp>', '=?x-unknown?B?AAAA?='],
  ['=?UTF-8?B?/w==?= <a@example.jp>', '=?UTF-8?B?/w==?='],
  ['=?UTF-8?X?abc?= <a@example.jp>', '=?UTF-8?X?abc?='],
  ['=?UTF-8?B?AA==?= <a@example.jp>', '=?UTF-8?B?AA==?='],
  [`=?UTF-8?B?${base64('boss@evil.example')}?= <a@example.jp>`, 'boss@evil.example'],
]

t.test('R29: a header is read as mail readers read it: comments, encoded words, full-width signs', async t => {
  for (const [header, name] of READ)
    t.match(parseSender(header), { email_key: 'a@example.jp', display_name: name }, header)
})

t.test('R29: the domain of a mail that came may have `_`', async t => {
  t.equal(parseSender('山田 <a@foo_bar.jp>')?.email_key, 'a@foo_bar.jp')
  t.equal(parseSender('a@_x.example.jp')?.email_key, 'a@_x.example.jp')
  t.equal(parseSender('a@example._jp')?.email_key, 'a@example._jp')
  t.equal(parseSender('a@_jp'), undefined)
})

t.test('R29: where mail readers disagree, there is no sender, and hints name the addresses', async t => {
  for (const [header, addresses] of [
    ['山田, 太郎 <a@example.jp>', ['a@example.jp']],
    ['[山田] <a@example.jp>', ['a@example.jp']],
    ['営業: a@example.jp;', ['a@example.jp']],
    ['Sales:a@example.jp,b@example.jp;', ['a@example.jp', 'b@example.jp']],
    ['a@example.jp, b@example.jp', ['a@example.jp', 'b@example.jp']],
    ['<a@example.jp>, <b@example.jp>', ['a@example.jp', 'b@example.jp']],
    ['<a@example.jp> <b@example.jp>', ['a@example.jp', 'b@example.jp']],
    ['b@example.jp <a@example.jp>', ['b@example.jp', 'a@example.jp']],
    ['b＠example.jp <a@example.jp>', ['b@example.jp', 'a@example.jp']],
    ["'b@example.jp' <a@example.jp>", ['b@example.jp', 'a@example.jp']],
    ['b@example.jp via Acme <a@example.jp>', ['b@example.jp', 'a@example.jp']],
    ['a@example.jp b@example.jp <a@example.jp>', ['a@example.jp', 'b@example.jp']],
    ['山田 <mailto:a@example.jp>', ['a@example.jp']],
    ['山田 <@c.jp:a@example.jp>', ['a@example.jp']],
    ['山田@青空 <a@example.jp>', ['a@example.jp']],
    ['山田\\太郎 <a@example.jp>', ['a@example.jp']],
    ['"open <a@example.jp>', ['a@example.jp']],
    ['山田) <a@example.jp>', ['a@example.jp']],
    ['(山田 <a@example.jp>', ['a@example.jp']],
    ['<a@example.jp> 山田', ['a@example.jp']],
    ['<<a@example.jp>>', ['a@example.jp']],
    ['a@example.jp, a@example.jp', ['a@example.jp']],
    ['山田', []],
    ['<>', []],
  ] as const) {
    t.equal(parseSender(header), undefined, header)
    t.strictSame(
      addressesInHeader(header).map(({ email }) => email),
      addresses.filter(email => header !== '山田@青空 <a@example.jp>' || email === 'a@example.jp'),
      header,
    )
  }
})

t.test('R29: mail of machines is known by its mailbox, however the header is written', async t => {
  for (const from of [
    'MAILER-DAEMON@example.jp',
    'Mail Delivery System <MAILER-DAEMON@mx.example.jp>',
    'postmaster@example.jp',
    '(System) no-reply@example.jp',
    'no-reply@example.jp (青空商事)',
    'noreply@example.jp',
    'no_reply@example.jp',
    'do-not-reply@example.jp',
    'donotreply@example.jp',
    'no-reply+123@example.jp',
    'noreply-billing@example.jp',
    'bounces+abc=example.jp@mail.example.jp',
    'auto-reply@example.jp',
    `=?UTF-8?B?${base64('青空')}?= <no-reply@example.jp>`,
  ])
    t.ok(isAutomaticMail({ from }), from)
  for (const from of ['noriko@example.jp', 'reply@example.jp', 'postmasters.club@example.jp', 'bouncer@example.jp'])
    t.notOk(isAutomaticMail({ from }), from)
})
