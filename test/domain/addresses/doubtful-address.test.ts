import t from 'tap'
import { doubtfulPartOf } from '#domain/addresses/doubtful-address.ts'

const DOUBTFUL: Record<string, string> = {
  'itoーken@example.jp': 'ー',
  'ヤマダ@example.jp': 'ヤマダ',
  'やまだ@example.jp': 'やまだ',
  'yamaだ@example.jp': 'だ',
  'さとうtaro@example.jp': 'さとう',
  'ito・ken@example.jp': '・',
  '山田かな@example.jp': 'かな',
  'yаmada@example.jp': 'а', // Cyrillic
  'adminі@example.jp': 'і', // Ukrainian
  'раураӏ@example.jp': 'раураӏ',
  'сео@example.jp': 'сео',
  'tαro@example.jp': 'α',
  'a@exаmple.jp': 'а',
  'a@аррӏе.com': 'аррӏе',
  'a@mail.exаmple.jp': 'а',
  'ito한@example.jp': '한',
}

t.test('R16: slips of an input method and letters that look like Latin ones are doubted', async t => {
  for (const [email, part] of Object.entries(DOUBTFUL)) t.equal(doubtfulPartOf(email), part, email)
})

t.test(
  'R16: addresses in one script are not doubted, nor is a domain with kana or with kanji and Latin letters',
  async t => {
    for (const email of [
      'yamada@example.jp',
      '山田@日本語.jp',
      '山田.太郎@example.jp',
      'a@ザ・セール.jp',
      'a@日本web.jp',
      'müller@straße.de',
      'josé+x@example.es',
      'почта@пример.рф',
      'иванов@example.ru',
      'δοκιμή@παράδειγμα.gr',
      '김철수@example.kr',
      'a@xn--wckk8lmcg.jp',
      'naïve_99@example.fr',
    ])
      t.equal(doubtfulPartOf(email), undefined, email)
  },
)
