import { readFileSync } from 'node:fs'
import t from 'tap'
import { judgeName } from '#domain/names/judge-name.ts'
import { normalizeNamePart } from '#domain/names/normalize-name.ts'
import type { PersonName } from '#domain/person-name.ts'

// What the check has to reach for whole names in Latin letters: hardly one refused, few doubted, none altered.
const REFUSED_AT_MOST = 0.001
const DOUBTFUL_AT_MOST = 0.03
const corpus = readFileSync(new URL('../../corpora/names-by-culture.txt', import.meta.url), 'utf8')
const cultures = corpus.split('\n').filter(line => line !== '' && !line.startsWith('# '))

/** Every given name of a culture with every family name of it. */
function namesOf(culture: string): { given: string; family: string }[] {
  const [givens = [], families = []] = culture
    .slice(culture.indexOf(':') + 1)
    .split('|')
    .map(names => names.trim().split(', '))
  return families.flatMap(family => givens.map(given => ({ given, family })))
}

const FORMS: Record<string, (given: string, family: string) => PersonName> = {
  'in parts': (given, family) => ({ family_name: family, given_name: given }),
  'in capitals and parts': (given, family) => ({ family_name: family.toUpperCase(), given_name: given.toUpperCase() }),
  'in small letters and parts': (given, family) => ({
    family_name: family.toLowerCase(),
    given_name: given.toLowerCase(),
  }),
  'in directory order': (given, family) => ({ family_name: `${family}, ${given}`, given_name: null }),
  'in directory order, in capitals': (given, family) => ({
    family_name: `${family.toUpperCase()}, ${given}`,
    given_name: null,
  }),
  'the given name first': (given, family) => ({ family_name: `${given} ${family}`, given_name: null }),
}

/** Each form takes its own part of the names, so that the test stays short. */
function isOfForm(form: string): (name: object, index: number) => boolean {
  const forms = Object.keys(FORMS)
  return (_, index) => index % forms.length === forms.indexOf(form)
}

for (const [form, named] of Object.entries(FORMS)) {
  t.test(`R13: people of ${cultures.length} cultures, ${form}, are accepted as they are written`, async t => {
    const names = cultures
      .flatMap(namesOf)
      .filter(isOfForm(form))
      .map(({ given, family }) => named(given, family))
    const refused: string[] = []
    let doubtful = 0
    for (const { family_name, given_name } of names) {
      const name = {
        family_name: normalizeNamePart(family_name),
        given_name: given_name && normalizeNamePart(given_name),
      }
      const verdict = judgeName(name, null)
      if (verdict.outcome === 'refused') refused.push(`${family_name} | ${given_name}`)
      else if (verdict.doubt !== null) doubtful++
      else if (verdict.removed_title !== null) t.fail(`altered: ${family_name} | ${given_name}`)
    }
    t.comment(`${names.length} names: ${doubtful} doubtful, ${refused.length} refused: ${refused.join('; ')}`)
    t.ok(names.length > 4000)
    t.ok(refused.length / names.length <= REFUSED_AT_MOST, refused.slice(0, 10).join('; '))
    t.ok(doubtful / names.length <= DOUBTFUL_AT_MOST)
  })
}
