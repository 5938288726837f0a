import t from 'tap'
import { changeRequestDraft } from '#domain/senders/sender-draft.ts'
import { judgeName } from '#domain/names/judge-name.ts'
import { normalizeNamePart } from '#domain/names/normalize-name.ts'
import { isFinal, nameOf, outcomeOf } from './judged-names.ts'

const CERTAIN = [
  '山\uFFFD',
  '\uFFFD\uFFFD',
  '山\uE000',
  '\uE321田',
  '髙\u{F0001}',
  '山\u{10FFFD}田',
  '\uFFFE山',
  '山\uFDD0田',
  '\uD800山',
  '山\uDC00',
  '山\u0001田',
  '山\u0085田',
  '=?UTF-8?B?5bGx55Sw?=',
  '=?utf-8?Q?J=C3=B6rg?=',
  '=?ISO-2022-JP?B?GyRCOzNFRBsoQg==?=',
  '=?iso-2022-jp?Q?=1B$B;3ED=1B(B?=',
  '=?Shift_JIS?B?jlKTYw==?=',
  '=?EUC-JP?B?u7PFxA==?=',
  '=?gb2312?B?zfU=?=',
  '=?GB18030?B?zfU=?=',
  '=?Big5?B?pP0=?=',
  '=?iso-8859-1?Q?J=F6rg?=',
  '=?windows-1252?Q?Jos=E9?=',
  '=?koi8-r?B?6dfBzg==?=',
  '=?UTF-8*ja?Q?=E5?=',
  '山田 =?UTF-8?B?5aSq6YOO?=',
  '%E5%B1%B1',
  '%e5%b1%b1%e7%94%b0',
  'J%C3%B6rg',
  'J%F6rg',
  '=E5=B1=B1',
  'J=C3=B6rg',
  'J=F6rg',
  'Ren=E9',
  '&#23665;&#30000;',
  '&#x5c71;',
  '\\u5c71\\u7530',
  '\\x5c\\x71',
  '$B;3ED(B',
  '山\u3164田',
  '\u3164',
  '山\u115F',
  '\uFFA0山',
  '山\u2800田',
]
const DOUBTFUL = [
  'å±±ç”°',
  'JÃ¶rg',
  'MÃ¼ller',
  'RenÃ©',
  'FranÃ§ois',
  'JosÃ¨',
  'Ã¤Ã¶Ã¼',
  'SÃ£o',
  'å¤ªéƒŽ',
  'é«˜æ©‹',
  'ä½\u0090è—¤',
  '螻ｱ逕ｰ',
  '縺ゅ≧',
  '繝槭う',
  '山〓',
  '〓田',
  '山□',
  '■田',
  '山◆田',
  '山?',
  '山?田',
  '??田',
  '山？',
  '山○',
  '山田😀',
  '😀太郎',
  '佐藤♥',
  'Yamada🎉',
  '山★',
  '莨願陸',
  '菴占陸 蟋ォ蟄�'.slice(0, 3),
  '鍞愯壋',
  '锟斤拷',
  'ÊÓÀî',
  '±è¹ÎÁØ',
  'ŽR“c',
  '‘¾˜Y',
  'Å¡koda',
  'GrzegÃ³rz',
  'ÐÐ²Ð°Ð½',
  '山田♡',
  '山田¥',
  'Јоhn',
  '゛山',
  '山\u0378',
  '山\uFE0E田',
  'John\uFE0F',
  '山\uFEFF田',
  '山\u180E田',
  '山\u200B田',
  '山田\u200B',
  '田\u00AD中',
  'Ya\u200Bmada',
  '\u2060山田',
  '山\u200D田',
  '山\u202E田',
  '\u2067Ali\u2069',
  'Ya\u034Fmada',
]
const INTACT = [
  '葛\u{E0100}城',
  '辻\uFE00',
  'محمد\u200Cرضا',
  'क\u094D\u200Dष',
  'João',
  'Ângela',
  'Åsa',
  'Æsa',
  'Çelik',
  'Éric',
  'Ñico',
  'Öz',
  'Zoë',
  'D’Arcy',
  'André’s',
  'Col·lell',
  'Mª José',
  '山ノ内',
  '三ケ田',
  '一ツ木',
  '竹ヶ原',
  '郭',
  '𠮷田',
  '神',
  'ŁUkasz',
  'Þór',
  'Ægir',
  'Nguyễn Thị',
  'KNÍŽE',
  'Kníže Tomáš',
  'Ó’Brien',
  'Strauß–Kahn',
  'Žižek',
  'Đorđe Šarić',
  'Éáíc',
  '鈴村博',
  '鄭夢準',
  '饗庭篁村',
  'Салтыков-Щедрин',
]

t.test('R13: text that was certainly broken on its way is never a name', async t => {
  for (const written of CERTAIN) {
    const name = normalizeNamePart(written)
    const code = outcomeOf(name).split(':')[0]
    t.match(code, /^(broken-text|placeholder|empty)$/, JSON.stringify(written))
    t.ok(isFinal(name), JSON.stringify(written))
  }
})

t.test('R13: text that may have been broken is accepted with a doubt', async t => {
  for (const written of DOUBTFUL) {
    const verdict = judgeName(nameOf(normalizeNamePart(written)), null)
    const code = verdict.outcome === 'accepted' ? verdict.doubt?.code : verdict.finding.code
    t.equal(code, 'broken-text', JSON.stringify(written))
  }
})

t.test('R13: accents, variation selectors and joiners are no damage', async t => {
  for (const name of INTACT) t.equal(outcomeOf(normalizeNamePart(name)), 'accepted', JSON.stringify(name))
})

t.test('R13: a draft for a refused sender has no broken name', async t => {
  for (const display_name of [...CERTAIN, ...DOUBTFUL]) {
    const { operations, requested_by } = changeRequestDraft(
      { email: 'a@example.jp', email_key: 'a@example.jp', display_name },
      'C-1',
    )
    t.same(operations[0].contact, { email: 'a@example.jp' }, JSON.stringify(display_name))
    t.notOk('name' in requested_by)
  }
})
