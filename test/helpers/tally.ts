import type { Answer, Call } from './test-service.ts'

/** How often each outcome occurred: `201`, `409 email-taken`. */
export function tally(answers: readonly Answer[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const answer of answers) counts[outcomeOf(answer)] = (counts[outcomeOf(answer)] ?? 0) + 1
  return counts
}

/** The status, and for a problem its type. */
export function outcomeOf({ status, body }: Answer): string {
  return status < 400 ? String(status) : `${status} ${String(body?.type).replace('/problems/', '')}`
}

/** Makes this many requests at once, spread over the instances of the service in turn. */
export async function atOnce(
  count: number,
  instances: readonly Call[],
  request: (call: Call, index: number) => Promise<Answer>,
): Promise<Answer[]> {
  return await Promise.all(
    Array.from({ length: count }, async (_, index) => await request(instances[index % instances.length]!, index)),
  )
}
