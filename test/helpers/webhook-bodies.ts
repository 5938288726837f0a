import { validatorAt, type Ajv } from './document-ajv.ts'
import type { Db } from '#db/driver/database.ts'
import { listEvents } from '#db/history/events.ts'
import { ALL_SCOPES } from '#domain/api-clients/scopes.ts'
import { webhookBody } from '#domain/webhooks/webhook-message.ts'

const EVERYTHING = { types: null, customer_id: null }
const scopes = new Set(ALL_SCOPES)

/**
 * What is wrong with what webhooks say of the events after one, to a client with every scope: each is a message of the
 * document, with ids alone and with what changed.
 */
export async function webhookFaults(ajv: Ajv, db: Db, after: number): Promise<object[]> {
  const isMessage = validatorAt(ajv, '/components/schemas/WebhookMessage')
  const events = await listEvents(db, EVERYTHING, { after, until: after + 200, limit: 200 })
  return events.flatMap(event =>
    [false, true].flatMap(include_data => {
      const thing = { type: event.event, created_at: event.occurred_at, endpoint_id: '', include_data }
      const message = JSON.parse(webhookBody(thing, event, scopes))
      const isThin = !['before', 'after', 'seats'].some(field => field in message.data)
      return isMessage(message) && isThin !== include_data ? [] : [{ message, errors: isMessage.errors }]
    }),
  )
}
