import { readdirSync, readFileSync } from 'node:fs'
import t from 'tap'
import { comparedForm } from '#domain/names/compared-form.ts'
import * as lists from '#domain/names/lists.ts'

const folder = new URL('../../../src/domain/names/lists/', import.meta.url)
const files = readdirSync(folder)

for (const file of files) {
  t.test(`${file} names its source and holds one entry a line, sorted, each once`, async t => {
    const lines = readFileSync(new URL(file, folder), 'utf8').split('\n')
    const head = lines.filter(line => line.startsWith('# '))
    t.match(head.join('\n'), /^# Sources?: /m, 'the source is named')
    t.same(lines.slice(0, head.length), head, 'comments are at the head only')
    t.equal(lines.at(-1), '', 'the last line ends')
    const entries = lines.slice(head.length, -1)
    t.ok(entries.length > 0, 'the list has entries')
    t.same(
      entries.filter((entry, index) => entry === '' || entry !== entry.trim() || entry === entries[index - 1]),
      [],
      'no entry is empty, has spaces around it or comes twice',
    )
    t.same(entries, entries.toSorted(), 'the entries are sorted by their UTF-16 code units')
  })
}

t.test('every list file is read, whole', async t => {
  const sizes = Object.values(lists).map(list => ('size' in list ? list.size : list.length))
  t.equal(sizes.length, files.length)
  t.ok(sizes.every(size => size > 0))
})

t.test('a pair is two characters', async t => {
  for (const [from, to] of [...lists.VARIANT_KANJI, ...lists.RADICALS])
    t.same([Array.from(from).length, Array.from(to).length], [1, 1], `${from} ${to}`)
})

t.test('Japanese surnames are in the form in which names are compared', async t => {
  const { COMMON_SURNAMES, FURTHER_SURNAMES, ORGANISATION_LIKE_SURNAMES } = lists
  const surnames = [COMMON_SURNAMES, FURTHER_SURNAMES, ORGANISATION_LIKE_SURNAMES].flat()
  const further = [lists.ORDINARY_WORD_SURNAMES, lists.DOUBTFUL_SURNAMES].flat()
  t.same(
    [...surnames, ...further].filter(surname => comparedForm(surname) !== surname),
    [],
  )
})
