import t, { type Test } from 'tap'
import { isJapanese, notJapanese, textsIn } from '../../helpers/texts.ts'
import type { Fault } from '#http/problems/field-errors.ts'
import { FAULT_CODES, wordsOf } from '#http/problems/field-texts.ts'
import { LANGUAGES, type Words } from '#http/problems/language.ts'
import type { ProblemFacts } from '#http/problems/facts-by-type.ts'
import { PROBLEM_TYPE_NAMES, PROBLEM_TYPES } from '#http/problems/problem-types.ts'
import { listedProblem, problemDocument } from '#http/problems/problem-document.ts'
import { problemExample } from '#http/schemas/problem-examples.ts'
import { CHANGE_REQUEST_STATES } from '#domain/vocabulary.ts'

// Every form of every code: one that is new does not compile without its own.
const FAULTS: { [Code in Fault['code']]: Extract<Fault, { code: Code }>[] } = {
  'unknown-field': [{ code: 'unknown-field' }],
  required: [{ code: 'required' }],
  'one-of': [{ code: 'one-of' }],
  invalid: [{ code: 'invalid' }],
  'wrong-type': [{ code: 'wrong-type', types: ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'] }],
  'not-allowed': [
    { code: 'not-allowed', values: ['primary', 'secondary', null] },
    { code: 'not-allowed', tag: 'op' },
    { code: 'not-allowed', only_with: 'csv' },
    { code: 'not-allowed', only_with: 'pages' },
  ],
  'too-short': [{ code: 'too-short', limit: 17 }],
  'too-long': [{ code: 'too-long', limit: 17 }, { code: 'too-long' }, { code: 'too-long', limit: 17, unified: true }],
  'too-few': [{ code: 'too-few', limit: 17 }],
  'too-many': [{ code: 'too-many', limit: 17 }],
  'out-of-range': [
    { code: 'out-of-range', minimum: 17 },
    { code: 'out-of-range', maximum: 17 },
  ],
  'invalid-format': [
    { code: 'invalid-format', pattern: '^[a-z]+$' },
    { code: 'invalid-format', format: 'date' },
    { code: 'invalid-format', format: 'another' },
    { code: 'invalid-format', entity_tags_of: 'If-Match' },
  ],
  'invalid-address': [
    ...(
      [
        'no-at',
        'two-addresses',
        'several-at',
        'not-bare',
        'white-space',
        'nothing-before-at',
        'nothing-after-at',
        'trailing-dot',
        'no-dot-in-domain',
        'number-for-domain',
        'malformed-domain',
        'too-long',
      ] as const
    ).map(fault => ({ code: 'invalid-address' as const, fault })),
    { code: 'invalid-address', fault: 'invisible-character', character: '\u200B' },
    { code: 'invalid-address', fault: 'character-before-at', character: '"' },
    { code: 'invalid-address', fault: 'character-in-domain', character: '\u00AD' },
  ],
  duplicate: [{ code: 'duplicate' }],
  'read-only': [{ code: 'read-only' }],
  'in-the-future': [{ code: 'in-the-future' }],
  'in-the-past': [{ code: 'in-the-past' }],
  'before-start': [{ code: 'before-start' }],
  'bad-cursor': [{ code: 'bad-cursor' }],
  repeated: [{ code: 'repeated' }],
  'unexpected-body': [{ code: 'unexpected-body' }],
  'content-length': [{ code: 'content-length' }],
  'host-required': [{ code: 'host-required' }],
  malformed: [{ code: 'malformed' }],
  'malformed-http': [{ code: 'malformed-http' }],
  'malformed-url': [{ code: 'malformed-url' }],
  'malformed-json': [{ code: 'malformed-json' }],
  'duplicate-key': [{ code: 'duplicate-key' }],
  'invalid-utf-8': [{ code: 'invalid-utf-8' }],
  'lone-surrogate': [{ code: 'lone-surrogate' }],
  'control-character': [{ code: 'control-character' }],
  'too-deep': [{ code: 'too-deep', limit: 17 }],
  'too-many-fields': [{ code: 'too-many-fields', limit: 17 }],
  'combining-marks': [{ code: 'combining-marks' }],
  'expired-from-the-start': [{ code: 'expired-from-the-start' }],
  'beyond-lifetime': [{ code: 'beyond-lifetime' }],
  'invalid-ip-range': [{ code: 'invalid-ip-range' }],
}

// Forms of problems beside those that the document shows.
const OTHER_FACTS: ProblemFacts[] = [
  {
    type: 'invalid-request',
    errors: [
      { pointer: '#/a', code: 'required' },
      { pointer: '#/b', code: 'required' },
    ],
  },
  { type: 'forbidden', required_scope: 'contacts:write', to_grant: true },
  ...(['own-terms', 'beyond-ranges', 'beyond-end'] as const).map(because => ({ type: 'forbidden' as const, because })),
  { type: 'state-conflict', client_id: 'x', child_client_ids: ['y', 'z'] },
  { type: 'unavailable', because: 'not-migrated' },
  { type: 'unavailable', because: 'token-keys-away' },
  { type: 'unavailable', because: 'overloaded' },
  { type: 'unavailable', because: 'large-bodies' },
  { type: 'header-fields-too-large', most_fields: 100 },
  { type: 'rate-limited', policy: 'anonymous', retry_after: 12 },
  { type: 'rate-limited', policy: 'failures', retry_after: 12 },
  { type: 'precondition-failed', current_etag: null },
  ...(
    [
      'api_client',
      'api_key',
      'app',
      'application_form',
      'change_request',
      'contact',
      'contract',
      'customer',
      'product',
      'support_account',
    ] as const
  ).flatMap(resource => [
    { type: 'not-found' as const, resource },
    { type: 'not-found' as const, resource, removed: true as const },
  ]),
  { type: 'not-found', resource: 'path' },
  { type: 'not-found', resource: 'problem' },
  {
    type: 'unknown-reference',
    references: (['app', 'contact', 'contract', 'customer', 'product'] as const).flatMap(resource => [
      { pointer: '#/x', resource },
      { pointer: '#/x', resource, id: 'naught' },
    ]),
  },
  ...CHANGE_REQUEST_STATES.map(state => ({
    type: 'state-conflict' as const,
    change_request_id: 'x',
    state,
    effective_on: state === 'scheduled' ? '2027-04-01' : null,
  })),
  { type: 'primary-required', contract_id: 'C-1' },
  { type: 'primary-exists' },
  { type: 'duplicate-contact' },
  { type: 'confirmation-required', contract_id: 'C-1' },
]

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

/** Names of fields, headers and calls that a text quotes. What is explained beside it may differ. */
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
      if (!['wrong-type', 'not-allowed'].includes(fault.code)) t.notMatch(words[language], HOLE, fault.code)
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

for (const type of PROBLEM_TYPE_NAMES) {
  t.test(`${type} says in every language what would put it right`, async t => {
    for (const language of LANGUAGES) {
      const { remedy } = problemExample(type, {}, language).value as { remedy: string }
      t.equal(remedy, PROBLEM_TYPES[type].remedy[language])
      t.ok(remedy.length > 10 && isJapanese(remedy) === (language === 'ja'), language)
    }
  })
}
