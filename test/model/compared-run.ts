import type { Random } from '../helpers/seeded-random.ts'
import type { Call, TestService } from '../helpers/test-service.ts'
import type { RegistryModel } from './registry-model.ts'

/** A service and the model that it is compared with. */
export type ComparedRun = {
  service: TestService
  model: RegistryModel
  random: Random
  /** Asks the instance whose turn it is. */
  call: Call
  /** Asks the same instance whether senders are registered, and nothing more about them. */
  check: Call
}

export function assertSame(when: string, found: unknown, expected: unknown): void {
  if (JSON.stringify(found) !== JSON.stringify(expected))
    throw new Error(`${when}: found ${JSON.stringify(found)}, expected ${JSON.stringify(expected)}`)
}

/** A random moment of a span. A span without any length has one moment. */
export function momentWithin({ random }: ComparedRun, since: number, until: number): string {
  return new Date(since + random.below(Math.max(until - since, 1))).toISOString()
}
