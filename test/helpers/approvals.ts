import { createClient, type CreatedClient } from './api-clients.ts'
import { ask, job, newcomer } from './change-requests.ts'
import type { Answer, Call, TestService } from './test-service.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { catchUp } from '#jobs/catch-up.ts'

/** The scopes of a client that files and confirms requests, and may not apply them. */
export const HELP_DESK = ['requests:read', 'requests:write', 'requests:confirm'] as const

/** An API client that may apply requests too. */
export async function operator(
  { call, callAs }: Pick<TestService, 'call' | 'callAs'>,
  fields: object = {},
): Promise<CreatedClient & { as: Call }> {
  const created = await createClient(call, [...HELP_DESK, 'contacts:write'], fields)
  return { ...created, as: callAs(created.key) }
}

/** A request with a day, which the contract's primary asks a client to file. */
export async function askForADay(as: Call, contract_id: string, fields: object = {}): Promise<Answer> {
  return await ask(as, contract_id, [newcomer(contract_id)], { effective_on: '2026-04-01', ...fields })
}

/** Does what is due, as the catch-up does it; throws what fails. */
export async function catchUpDue(context: ActionContext): Promise<void> {
  await catchUp(context, {
    caller: job('catch-up'),
    signal: new AbortController().signal,
    onError: error => {
      throw error
    },
  })
}
