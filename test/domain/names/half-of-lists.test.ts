import { readdirSync, readFileSync } from 'node:fs'
import { registerHooks } from 'node:module'
import t from 'tap'
import type { judgeName } from '#domain/names/judge-name.ts'

const CORPORA = new URL('../../corpora/', import.meta.url)
const REFUSED_AT_MOST = 0.003

/** The check with every second rare surname blanked: a copy of its modules, with a query in their addresses. */
async function judgeWithHalf(half: 0 | 1): Promise<typeof judgeName> {
  const query = `?half=${half}`
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      const resolved = next(specifier, context)
      const isCopied = context.parentURL?.endsWith(query) === true && !context.parentURL.includes('/lists.ts')
      return isCopied ? { ...resolved, url: `${resolved.url}${query}` } : resolved
    },
    load(url, context, next) {
      if (!url.endsWith(`/lists.ts${query}`)) return next(url, context)
      const lists = JSON.stringify(url.slice(0, -query.length))
      const source = `
        import * as lists from ${lists}
        export * from ${lists}
        const half = list => list.filter((_, index) => index % 2 === ${half})
        export const FURTHER_SURNAMES = half(lists.FURTHER_SURNAMES)
        export const ORGANISATION_LIKE_SURNAMES = half(lists.ORGANISATION_LIKE_SURNAMES)`
      return { format: 'module', shortCircuit: true, source }
    },
  })
  const address = new URL('../../../src/domain/names/judge-name.ts', import.meta.url)
  const copy: { judgeName: typeof judgeName } = await import(`${address.href}${query}`)
  hooks.deregister()
  return copy.judgeName
}

function people(): string[] {
  return readdirSync(CORPORA)
    .filter(file => file.startsWith('people-'))
    .flatMap(file => readFileSync(new URL(file, CORPORA), 'utf8').split('\n'))
    .filter(line => line !== '' && !line.startsWith('# '))
}

for (const half of [0, 1] as const) {
  t.test(`R13: rules carry the check, not lists: people with half of the rare surnames blanked (${half})`, async t => {
    const judge = await judgeWithHalf(half)
    const names = people()
    const refused = names.filter(written => {
      const [family_name = '', given_name = null] = written.split('|')
      return judge({ family_name, given_name }, null).outcome === 'refused'
    })
    t.comment(`${refused.length} of ${names.length}: ${refused.join(', ')}`)
    t.ok(refused.length / names.length <= REFUSED_AT_MOST)
  })
}
