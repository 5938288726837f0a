import fc from 'fast-check'
import t from 'tap'
import { domainOf, parseSender } from '#domain/senders/sender-address.ts'
import { SEED } from '../seed.ts'

t.test('R16, R29: the one address of a From header, and the name before it', async t => {
  const read: [given: string, email_key: string, display_name: string | null][] = [
    ['a@example.jp', 'a@example.jp', null],
    ['<A@Example.jp>', 'a@example.jp', null],
    ['山田 太郎 <a@example.jp>', 'a@example.jp', '山田 太郎'],
    ['"山田, 太郎 (営業)" <a@example.jp>', 'a@example.jp', '山田, 太郎 (営業)'],
    ['"a \\"b\\" <c@example.jp>" <a@example.jp>', 'a@example.jp', 'a "b" <c@example.jp>'],
    ['John Q. Smith <a@example.jp>', 'a@example.jp', 'John Q. Smith'],
    ['山田 ＜a＠example.jp＞', 'a@example.jp', '山田'],
    ['=?UTF-8?B?5bGx55Sw?= <a@example.jp>', 'a@example.jp', '山田'],
    ['a@example.jp <a@example.jp>', 'a@example.jp', 'a@example.jp'],
    ['"b@other.jp" <a@example.jp>', 'a@example.jp', 'b@other.jp'],
    ['山田\r\n\t太郎 <a@example.jp>', 'a@example.jp', '山田 太郎'],
    ['a..b@docomo.ne.jp', 'a..b@docomo.ne.jp', null],
  ]
  for (const [given, email_key, display_name] of read) t.match(parseSender(given), { email_key, display_name }, given)
})

t.test('R29: whatever leaves a doubt is no sender', async t => {
  const refused = [
    '',
    '<>',
    '<a@example.jp',
    'a@example.jp>',
    'a@example.jp b@example.jp',
    '<a@example.jp>, <b@example.jp>',
    'b@example.jp <a@example.jp>',
    'Group: a@example.jp;',
    '山田, 太郎 <a@example.jp>',
    '"open <a@example.jp>',
    '<a@example.jp> x',
    'a@example.jp\nb',
    'a\u0000@example.jp',
    '\ud800 <a@example.jp>',
    '<<a@example.jp>>',
    `${'x'.repeat(990)} <a@example.jp>`,
  ]
  for (const given of refused) t.equal(parseSender(given), undefined, given.slice(0, 40).toWellFormed())
})

t.test('no text makes it throw or take long, and what is read can be read again', async t => {
  const pieces = fc.constantFrom(
    '"',
    '\\',
    '<',
    '>',
    '@',
    ',',
    ' ',
    'a',
    'example.jp',
    '山田',
    '＜',
    '＞',
    '\r\n ',
    ':',
    ';',
    '(',
    ')',
  )
  fc.assert(
    fc.property(
      fc.array(pieces, { maxLength: 40 }).map(parts => parts.join('')),
      given => {
        const sender = parseSender(given)
        if (sender !== undefined && parseSender(`<${sender.email}>`)?.email_key !== sender.email_key)
          throw new Error(given)
      },
    ),
    { seed: SEED, numRuns: 2000 },
  )
  for (const piece of ['"', '\\"', '"\\', '<', ' ', '"a" ']) t.equal(parseSender(piece.repeat(300)), undefined)
  t.equal(domainOf('a@b.example.jp'), 'b.example.jp')
})
