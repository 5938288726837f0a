import t from 'tap'
import { testDatabase } from '../helpers/test-database.ts'
import { joinedCommit } from '#actions/support/joined-commit.ts'
import { insertHistory } from '#db/history/history.ts'

const { database } = await testDatabase(t)
const change = { actor: 'a', request_id: 'r', source: 'direct', occurred_at: '2026-04-01T00:30:00.000Z' } as const
const entry = (subject_id: string) => insertHistory(change, [{ event: 'api_client.changed', subject_id, after: {} }])

async function written(): Promise<string[]> {
  const text = 'select subject_id from history order by subject_id'
  return (await database.run<{ subject_id: string }>({ name: '', text, values: [] })).map(row => row.subject_id)
}

t.test('a piece of work that fails takes no other along that waited with it', async t => {
  const commit = joinedCommit(database)
  const outcomes = await Promise.allSettled([
    commit('a', async () => [entry('first')]),
    commit('b', async () => [entry('second')]),
    commit('c', async () => {
      throw new Error('of this piece')
    }),
    commit('d', async () => [entry('third')]),
    commit('e', async () => [{ name: '', text: 'select 1 / 0', values: [] }]),
    commit('f', async () => [entry('fourth')]),
  ])
  t.same(
    outcomes.map(({ status }) => status),
    ['fulfilled', 'fulfilled', 'rejected', 'fulfilled', 'rejected', 'fulfilled'],
  )
  t.same(await written(), ['first', 'fourth', 'second', 'third'], 'each once')
})
