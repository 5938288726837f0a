import { readFile } from 'node:fs/promises'
import t from 'tap'

const read = async (name: string): Promise<string> => await readFile(new URL(`../${name}`, import.meta.url), 'utf8')
const [english, japanese, config] = await Promise.all([
  read('README.md'),
  read('README.ja.md'),
  read('src/config/config.ts'),
])

/** The variables that a table of settings names, in its order. */
function variables(text: string): string[] {
  return [...text.matchAll(/^\| ((?:`[A-Z_]+`(?:, |、)?)+) \|/gm)].flatMap(([, names = '']) =>
    [...names.matchAll(/[A-Z_]+/g)].map(([name]) => name),
  )
}

/** The calls of the tour, without what is said about them. */
function calls(text: string): string[] {
  return (/```bash\n(.*?)```/s.exec(text)?.[1] ?? '')
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#') && !line.startsWith('export'))
    .map(line => line.replace(" -H 'Accept-Language: ja'", ''))
}

t.test('both READMEs name every setting that the configuration reads', async t => {
  const known = [...config.matchAll(/^ {2}([A-Z_]+): Type\./gm)].map(([, name]) => name!)
  const inFiles = [.../^const SECRETS = \[(.*)\]/m.exec(config)![1]!.matchAll(/[A-Z_]+/g)].map(
    ([name]) => `${name}_FILE`,
  )
  t.ok(known.length > 5 && inFiles.length > 1)
  for (const [name, text] of Object.entries({ english, japanese }))
    t.same(variables(text).toSorted(), [...known, ...inFiles].toSorted(), name)
})

t.test('both READMEs tell the same tour, and lead to each other', async t => {
  t.ok(calls(english).length > 10)
  t.same(calls(japanese), calls(english))
  t.match(english, '](README.ja.md)')
  t.match(japanese, '](README.md)')
})
