import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { AS_GIVEN } from '#domain/names/judge-name.ts'
import { comparedForm } from '#domain/names/compared-form.ts'
import { classesOf } from '#domain/names/letter-classes.ts'
import { nameFacts } from '#domain/names/name-facts.ts'
import { RULE_NEEDS } from '#domain/names/rule-needs.ts'
import { isNeeded } from '#domain/names/rules-by-classes.ts'
import { nameOf } from './judged-names.ts'

const CORPORA = new URL('../../corpora/', import.meta.url)
const names = readdirSync(CORPORA)
  .filter(file => file !== 'names-by-culture.txt')
  .flatMap(file => readFileSync(new URL(file, CORPORA), 'utf8').split('\n'))
  .filter(line => line !== '' && !line.startsWith('# '))

t.test('R13: a rule that is passed over because of the letters of a name would find nothing in it', async t => {
  for (const written of names) {
    const facts = nameFacts(nameOf(written), null)
    const passedOver = AS_GIVEN.filter(rule => !isNeeded(rule, RULE_NEEDS, facts.classes))
    const found = passedOver.find(rule => rule(facts) !== undefined)
    if (found !== undefined) t.fail(`${found.name}: ${written}`)
  }
})

t.test('R15: a text is compared alike whether its letters are of the usual classes or not', async t => {
  for (const [text, compared] of [
    ['山田  太郎 ', '山田 太郎'],
    ['髙橋', '高橋'],
    ['ﾔﾏﾀﾞ', 'ヤマダ'],
    ['Éa b', 'Éa b'],
    ['', ''],
  ] as const)
    t.equal(comparedForm(text), compared)
  t.equal(classesOf('山田') | classesOf('Éa-'), classesOf('山田Éa-'))
})

t.test('R13: a name with an empty part is read by every rule', async t => {
  const { classes } = nameFacts({ family_name: '山田', given_name: '' }, null)
  t.ok(AS_GIVEN.every(rule => isNeeded(rule, RULE_NEEDS, classes)))
  t.ok(
    AS_GIVEN.every(rule => isNeeded(rule, RULE_NEEDS, nameFacts({ family_name: '', given_name: null }, null).classes)),
  )
})
