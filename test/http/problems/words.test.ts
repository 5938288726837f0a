import t, { type Test } from 'tap'
import { isJapanese, notJapanese, textsIn } from '../../helpers/texts.ts'
import { FAULT_CODES, wordsOf } from '#http/problems/field-texts.ts'
import { LANGUAGES, type Words } from '#http/problems/language.ts'
import { PROBLEM_TYPE_NAMES, PROBLEM_TYPES } from '#http/problems/problem-types.ts'
import { listedProblem, problemDocument } from '#http/problems/problem-document.ts'
import { problemExample } from '#http/schemas/problems/problem-examples.ts'
import { FAULTS, OTHER_FACTS } from './fault-examples.ts'

const HOLE = /undefined|null\b|NaN|\[object|\$\{|true\b|false\b/

function assertWords(t: Test, words: Words, what: string): void {
  t.same(Object.keys(words).toSorted(), [...LANGUAGES].toSorted(), what)
  for (const language of LANGUAGES) t.match(words[language], /\S/, `${what} ${language}`)
  t.not(words.en, words.ja, what)
  t.ok(isJapanese(words.ja), `${what}: ${words.ja}`)
  t.notMatch(words.en, /[\p{Script=Hiragana}]/u, `${what}: ${words.en}`)
}

t.test('what is no Japanese is found', async t => {
  for (const text of ['The contract has ended.', 'この契約は The contract has ended です。', 'OK', '`これは`'])
    t.notOk(isJapanese(text), text)
  for (const text of [
    '契約が終了しています',
    '「Authorization: Bearer <key>」を送信してください。',
    '文字コードUTF-8のJSON',
    '`Allow`ヘッダー',
  ])
    t.ok(isJapanese(text), text)
  t.same(notJapanese({ title: '題', problems: [{ detail: 'Not in Japanese.', name: 'John' }] }), [
    '/problems/0/detail: Not in Japanese.',
  ])
})

t.test('every problem has its title, meaning and remedy in every language, about the same things', async t => {
  for (const [type, { title, meaning, remedy }] of Object.entries(PROBLEM_TYPES)) {
    for (const [what, words] of Object.entries({ title, meaning, remedy })) {
      assertWords(t, words, `${type} ${what}`)
      t.same(quoted(words.ja), quoted(words.en), `${type} ${what} quotes the same fields`)
    }
  }
})

/** Names of fields, headers and calls that a text quotes. What is explained with it may differ. */
function quoted(text: string): string[] {
  return [...new Set(text.match(/`[^`]+`/g) ?? [])].toSorted()
}

t.test('every code of a field has its words in every language, with their facts', async t => {
  t.same(Object.keys(FAULTS).toSorted(), FAULT_CODES.toSorted())
  for (const fault of Object.values(FAULTS).flat()) {
    const words = wordsOf(fault)
    assertWords(t, words, fault.code)
    for (const language of LANGUAGES) {
      if ('limit' in fault) t.match(words[language], String(fault.limit))
      if (!['wrong-type', 'not-allowed'].includes(fault.code))
        t.notMatch(words[language].replaceAll(/"[^"]*": null/g, ''), HOLE, fault.code)
    }
  }
  const texts = LANGUAGES.map(language =>
    Object.values(FAULTS)
      .flat()
      .map(fault => wordsOf(fault)[language]),
  )
  for (const ofLanguage of texts) t.equal(new Set(ofLanguage).size, ofLanguage.length, 'no two say the same')
})

t.test('every problem tells what happened in every language', async t => {
  const documents = [
    ...PROBLEM_TYPE_NAMES.map(type => LANGUAGES.map(language => problemExample(type, {}, language).value)),
    ...OTHER_FACTS.map(facts => LANGUAGES.map(language => problemDocument(facts, 'id', language))),
  ]
  for (const [english, japanese] of documents) {
    const type = JSON.stringify(english)
    t.same(notJapanese(japanese), [], type)
    t.same(
      textsIn(japanese).map(({ path }) => path),
      textsIn(english).map(({ path }) => path),
      'the same places have texts',
    )
    for (const { path, text } of [...textsIn(english), ...textsIn(japanese)])
      if (path !== '/next/why' && path !== '/remedy')
        t.notMatch(text.replaceAll(/"[^"]*": true/g, ''), HOLE, `${type} ${path}`)
    for (const [index, { text, path }] of textsIn(english).entries()) t.not(textsIn(japanese)[index]!.text, text, path)
    t.same(withoutTexts(japanese), withoutTexts(english), 'nothing else depends on the language')
  }
})

function withoutTexts(document: unknown): unknown {
  return JSON.parse(
    JSON.stringify(document, (name, value) =>
      ['title', 'detail', 'remedy', 'why'].includes(name) ? undefined : (value as unknown),
    ),
  )
}

t.test("a stored refusal with the texts of an earlier release is answered with today's", async t => {
  // An earlier release stored texts; the types know only what this release stores.
  const kept = {
    type: 'invalid-request',
    errors: [{ pointer: '#/family_name', code: 'too-long', detail: 'A name has at most 64 characters.' }],
  } as never
  t.same(listedProblem(kept, 'ja')['errors'], [
    {
      in: 'body',
      pointer: '#/family_name',
      code: 'too-long',
      detail: '長すぎます。短くして、もう一度お試しください。',
    },
  ])
})

// Types with several cases, whose problems have the remedy of their own case.
const OWN_REMEDIES = new Set(['state-conflict', 'primary-required'])

t.test('a problem of a type with several cases has the remedy of its case alone', async t => {
  const remedies = OTHER_FACTS.filter(({ type }) => OWN_REMEDIES.has(type)).map(
    facts => problemDocument(facts, 'id', 'en').remedy,
  )
  t.equal(
    new Set(remedies).size,
    9,
    'of a client, of requests in three kinds of states, of a contract without contacts, of successions and transfers',
  )
  for (const remedy of remedies) t.ok(remedy.length < 160, remedy)
})

for (const type of PROBLEM_TYPE_NAMES) {
  t.test(`${type} says in every language what would put it right`, async t => {
    for (const language of LANGUAGES) {
      const { remedy } = problemExample(type, {}, language).value as { remedy: string }
      if (!OWN_REMEDIES.has(type)) t.equal(remedy, PROBLEM_TYPES[type].remedy[language])
      t.ok(remedy.length > 10 && isJapanese(remedy) === (language === 'ja'), language)
    }
  })
}
