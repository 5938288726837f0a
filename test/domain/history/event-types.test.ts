import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { EVENT_TYPES, isAboutPeople, scopeOfEvent } from '#domain/history/event-types.ts'

const SRC = join(import.meta.dirname, '../../../src')

t.test(
  'R37: every kind of entry that the code names is a type of event, with the scope that reads its thing',
  async t => {
    const text = globSync(['actions/**/*.ts', 'domain/**/*.ts'], { cwd: SRC })
      .map(file => readFileSync(join(SRC, file), 'utf8'))
      .join('\n')
    const named = [...text.matchAll(/event: '([a-z_]+\.[a-z_]+)'/g)].map(([, event = '']) => event)
    t.ok(named.length > 15, 'the names are found')
    for (const event of named) {
      t.ok(EVENT_TYPES.includes(event), event)
      t.ok(scopeOfEvent(event), event)
    }
    t.equal(scopeOfEvent('unknown.happened'), undefined)
    t.ok(isAboutPeople('contact.registered'))
    t.notOk(isAboutPeople('product.changed'))
  },
)
