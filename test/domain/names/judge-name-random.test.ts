import fc from 'fast-check'
import t from 'tap'
import { judgeName } from '#domain/names/judge-name.ts'
import { likenessKey } from '#domain/names/name-keys.ts'
import { normalizeNamePart } from '#domain/names/normalize-name.ts'
import { anyText } from '../../helpers/random-text.ts'
import { SEED } from '../seed.ts'

// Letters, marks, signs and words that the lists know, put together at random.
const piece = fc.oneof(
  anyText(4),
  fc.string({ unit: 'grapheme', maxLength: 4 }),
  fc.constantFrom(
    '山田',
    '太郎',
    '部',
    '課長',
    '株式会社',
    '様',
    '(',
    ')',
    '・',
    ' ',
    '/',
    'Mr. ',
    'Inc.',
    'システム',
    'ー',
    '他1名',
    '\u200B',
    '\uFA19',
    '髙',
  ),
)
const text = fc.array(piece, { minLength: 1, maxLength: 6 }).map(pieces => normalizeNamePart(pieces.join('')))

t.test('R13: no text makes the check fail, and what it accepts it accepts again', async t => {
  t.comment(`seed ${SEED}`)
  fc.assert(
    fc.property(text, fc.option(text), fc.option(text), (family_name, given_name, customer_name) => {
      const verdict = judgeName({ family_name, given_name }, customer_name)
      if (verdict.outcome === 'refused')
        return verdict.finding.matched.length <= `${family_name} ${given_name ?? ''}`.normalize('NFKC').length
      return verdict.removed_title !== null || judgeName(verdict.name, customer_name).outcome === 'accepted'
    }),
    { seed: SEED, numRuns: 1000 },
  )
})

const likeness = (form: string): string => likenessKey({ family_name: normalizeNamePart(form), given_name: null })

t.test('R15: the likeness of names is the same in every form of writing them', async t => {
  t.comment(`seed ${SEED}`)
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 8 }), written => {
      return (
        ['NFC', 'NFD', 'NFKC'].every(form => likeness(written.normalize(form)) === likeness(written)) &&
        likeness(likeness(written)) === likeness(written)
      )
    }),
    { seed: SEED, numRuns: 1000 },
  )
})
