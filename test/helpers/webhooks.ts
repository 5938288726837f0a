import { WEBHOOKS_OF_TESTS, type TestService } from './test-service.ts'
import { claimWebhooks, deliverWebhook } from '#actions/webhooks/deliver-webhooks.ts'
import { joinedCommit } from '#actions/support/joined-commit.ts'
import { distributeWebhooks } from '#actions/webhooks/distribute-webhooks.ts'
import { eventNumbering } from '#actions/history/number-events.ts'
import { postWebhook, type WebhookMessage } from '#webhooks/post-webhook.ts'

export const JOB = { actor: 'madoguchi', request_id: 'job', source: 'job' } as const

/** Numbers what happened, and makes deliveries of it. */
export async function distribute({ context, database }: TestService): Promise<void> {
  const number = eventNumbering(database)
  while ((await number()) > 0);
  while ((await distributeWebhooks(context)) > 0);
}

const send = async (message: WebhookMessage) => await postWebhook(message, WEBHOOKS_OF_TESTS)

/** Does what the sender does, once: makes deliveries of what happened, and sends what is due. Answers how many. */
export async function deliverDue(service: TestService): Promise<number> {
  await distribute(service)
  const due = await claimWebhooks(service.context, new Map(), 100)
  const sending = { send, commit: joinedCommit(service.database) }
  await Promise.all(
    due.map(async one => {
      await deliverWebhook(service.context, one, sending, JOB)
    }),
  )
  return due.length
}
