import type { FactsByType } from '#http/problems/facts-by-type.ts'
import { nextCall } from '#http/problems/next-call.ts'
import type { Description } from '#http/problems/problem-description.ts'

type EndpointConflict = Extract<FactsByType['state-conflict'], { most_endpoints: number } | { endpoint_id: string }>

/** Webhook endpoints: too many of them, or one that is disabled. */
export function endpointConflict(facts: EndpointConflict): Description {
  if ('most_endpoints' in facts) return tooMany(facts.most_endpoints)
  const { endpoint_id, disabled_reason } = facts
  return {
    detail: {
      en: `The webhook endpoint is disabled (${disabled_reason}).`,
      ja: `このWebhookの送信先は無効になっています(${disabled_reason})。`,
    },
    remedy: {
      en: 'Enable the endpoint first, with `"state": "enabled"`.',
      ja: '先に、`"state": "enabled"`を指定して、送信先を有効にしてください。',
    },
    endpoint_id,
    next: nextCall('PATCH', `/v1/webhook-endpoints/${endpoint_id}`, {
      en: 'enables the endpoint, with state enabled',
      ja: '「state」に「enabled」を指定して、送信先を有効にします',
    }),
  }
}

function tooMany(most: number): Description {
  return {
    detail: {
      en: `There are ${most} webhook endpoints already, which is the limit.`,
      ja: `Webhookの送信先は、すでに上限の${most}件登録されています。`,
    },
    remedy: {
      en: 'Delete an endpoint that is not needed any more.',
      ja: '不要になった送信先を削除してください。',
    },
    next: nextCall('GET', '/v1/webhook-endpoints', {
      en: 'lists the endpoints',
      ja: '送信先を一覧で確認します',
    }),
  }
}
