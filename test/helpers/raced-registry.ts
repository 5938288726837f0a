import type { Test } from 'tap'
import { brokenInvariants } from './registry-invariants.ts'
import { secondInstance, testService, type Call, type TestService } from './test-service.ts'

export type RacedRegistry = TestService & {
  /** Both instances of the service, each with its own connections. */
  instances: readonly [Call, Call]
  /** A test after which the registry has to be sound. */
  race: (name: string, work: (t: Test) => Promise<void>) => void
}

/** Two instances of the service on one database, to be asked at once. */
export async function racedRegistry(t: Test): Promise<RacedRegistry> {
  const service = await testService(t)
  const { database, clock } = service
  const race = (name: string, work: (t: Test) => Promise<void>): void => {
    t.test(name, async t => {
      await work(t)
      t.strictSame(await brokenInvariants(database, clock.today()), {}, 'the registry is sound')
    })
  }
  return { ...service, race, instances: [service.call, (await secondInstance(t, service)).call] }
}
