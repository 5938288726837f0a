import { readFileSync } from 'node:fs'
import t from 'tap'
import { judgeName } from '#domain/names/judge-name.ts'
import { normalizeNamePart } from '#domain/names/normalize-name.ts'

// What the check has to reach, in shares of each class: people are never refused, and seldom doubted.
const PEOPLE = { refused_at_most: 0.001, doubtful_at_most: 0.03 }
const OTHERS = { refused_at_least: 0.92, refused_or_doubtful_at_least: 0.95 }
type Limits = {
  refused_at_most?: number
  doubtful_at_most?: number
  refused_at_least?: number
  refused_or_doubtful_at_least?: number
}
const CLASSES: Record<string, Limits> = {
  'people-common': { refused_at_most: 0, doubtful_at_most: 0 },
  'people-rare': PEOPLE,
  'people-boundary': { refused_at_most: 0, doubtful_at_most: 0.06 },
  'people-foreign': PEOPLE,
  'people-forms': { refused_at_most: 0, doubtful_at_most: 0.06 },
  companies: OTHERS,
  departments: OTHERS,
  roles: OTHERS,
  placeholders: OTHERS,
  mixed: OTHERS,
  systems: OTHERS,
  'contact-data': OTHERS,
  'several-people': OTHERS,
}

/** One entry a line; a bar divides family and given name, a hash begins a comment. */
function entriesOf(corpus: string): string[] {
  const text = readFileSync(new URL(`../../corpora/${corpus}.txt`, import.meta.url), 'utf8')
  return text.split('\n').filter(line => line !== '' && !line.startsWith('# '))
}

function outcomeOf(entry: string): 'accepted' | 'doubtful' | 'refused' {
  const [family_name = '', given_name = null] = entry.includes('|') ? entry.split('|') : [entry]
  const name = { family_name: normalizeNamePart(family_name), given_name: given_name && normalizeNamePart(given_name) }
  const verdict = judgeName(name, null)
  if (verdict.outcome === 'refused') return 'refused'
  return verdict.doubt === null ? 'accepted' : 'doubtful'
}

t.comment('class              entries  accepted  doubtful  refused')
for (const [corpus, limits] of Object.entries(CLASSES)) {
  t.test(`R13: ${corpus} are judged by the shares that the check has to reach`, async t => {
    const entries = entriesOf(corpus)
    const outcomes = Map.groupBy(entries, outcomeOf)
    const share = (outcome: 'accepted' | 'doubtful' | 'refused'): number =>
      (outcomes.get(outcome)?.length ?? 0) / entries.length
    const figures = (['accepted', 'doubtful', 'refused'] as const)
      .map(outcome => `${(share(outcome) * 100).toFixed(2)} %`.padStart(8))
      .join('  ')
    t.comment(`${corpus.padEnd(18)} ${String(entries.length).padStart(6)}  ${figures}`)
    t.ok(entries.length >= 100, 'the corpus is there')
    t.ok(
      share('refused') <= (limits.refused_at_most ?? 1),
      `refused: ${outcomes.get('refused')?.slice(0, 10).join(', ') ?? 'none'}`,
    )
    t.ok(
      share('doubtful') <= (limits.doubtful_at_most ?? 1),
      `doubtful: ${outcomes.get('doubtful')?.slice(0, 10).join(', ') ?? 'none'}`,
    )
    t.ok(
      share('refused') + share('doubtful') >= (limits.refused_or_doubtful_at_least ?? 0),
      `accepted: ${outcomes.get('accepted')?.slice(0, 10).join(', ') ?? 'none'}`,
    )
    t.ok(
      share('refused') >= (limits.refused_at_least ?? 0),
      `let in: ${outcomes.get('accepted')?.slice(0, 10).join(', ') ?? 'none'}`,
    )
  })
}
