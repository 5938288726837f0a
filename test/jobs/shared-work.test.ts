import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { sql } from 'kysely'
import t from 'tap'
import { fillContract, person, putContract } from '../helpers/fixtures.ts'
import { testService } from '../helpers/test-service.ts'
import { until } from '../helpers/until.ts'
import { compiled } from '#db/driver/statement.ts'

const { call, database, url } = await testService(t)

const CONTRACTS = Array.from({ length: 120 }, (_, n) => `ends-${n}`)
const REQUESTS = 60

/** How many entries of an event there are for each thing that it happened to. */
const counts = async (event: string): Promise<number[]> =>
  (
    await database.run(
      compiled(sql<{ count: number }>`select count(*) from history where event = ${event} group by subject_id`),
    )
  ).map(({ count }) => count)

/** A process that works off the jobs of the database by the machine's clock. */
function workerProcess(): { kill: () => Promise<void> } {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'worker-process.ts'), url], { stdio: 'ignore' })
  const ended = once(child, 'exit')
  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await ended
  }
  t.teardown(kill)
  return { kill }
}

t.test(
  'R24, R28: several processes share what is due, one of them is killed, and nothing is done twice or left',
  async t => {
    for (const contract_id of CONTRACTS) await putContract(call, contract_id, { ends_on: '2026-04-01' })
    for (let n = 0; n < REQUESTS / 2; n++) {
      const [{ email }] = await fillContract(call, `asks-${n}`, 0)
      for (const name of ['新田', '後藤']) {
        const contact = person({ family_name: name, email: `${name === '新田' ? 'new' : 'next'}@asks-${n}.example.jp` })
        const asked = await call('POST', '/v1/change-requests', {
          contract_id: `asks-${n}`,
          effective_on: '2026-04-02',
          requested_by: { name: '山田', email, channel: 'mail' },
          operations: [{ op: 'add', contact }],
        })
        if (asked.status !== 201) t.fail(asked.text)
      }
    }
    const registered = (await counts('contact.registered')).length
    // The heartbeat of a worker is expected every second rather than every twenty.
    await database.run(
      compiled(
        sql`update pgboss.job set heartbeat_seconds = 1, retry_delay = 0, retry_backoff = false
        where state = 'created'`,
      ),
    )

    const [doomed] = [workerProcess(), workerProcess()]
    await until(async () => (await counts('contract.ended')).length >= 20)
    await doomed.kill()
    await until(
      async () =>
        (await counts('contract.ended')).length === CONTRACTS.length &&
        (await counts('change_request.applied')).length === REQUESTS,
    )
    await until(
      async () =>
        (
          await database.run(
            compiled(
              sql`select from pgboss.job
            where name in ('end-contract', 'apply-change-request') and state < 'completed'`,
            ),
          )
        ).length === 0,
    )

    t.strictSame(
      await counts('contract.ended'),
      CONTRACTS.map(() => 1),
    )
    t.strictSame(await counts('change_request.applied'), Array(REQUESTS).fill(1))
    t.equal((await counts('contact.registered')).length, registered + REQUESTS)
    t.match(
      (await call('GET', '/v1/contracts/asks-0/contacts')).body.items
        .map(({ family_name }: any) => family_name)
        .toSorted(),
      ['後藤', '山田', '新田'].toSorted(),
    )
  },
)
