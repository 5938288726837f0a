import { nextCall } from '#http/problems/next-call.ts'
import type { NextCall, Descriptions } from '#http/problems/problem-description.ts'
import type { RequestInPlace } from '#domain/change-requests/request-in-place.ts'
import type { FactsByType } from '#http/problems/facts-by-type.ts'

/** Problems of who asked for a change, and of the primary's confirmation (R25). */
export const REQUESTER_DESCRIPTIONS = {
  'requester-required': () => ({
    detail: {
      en: 'Name the requester in requested_by (a contact, a name or an email address), with the channel.',
      ja: '依頼された方(問い合わせご担当者のID、お名前、メールアドレスのいずれか)と、依頼の経路を指定してください。',
    },
  }),
  'requester-ambiguous': ({ candidates }) => ({
    detail: {
      en:
        'Several contacts of this contract share this email address. Send the name or the contact_id of the ' +
        'requester.',
      ja: 'このメールアドレスは、この契約の複数の問い合わせご担当者が共有しています。どなたからのご依頼かを、氏名または「contact_id」で指定してください。',
    },
    ...(candidates && { candidates }),
  }),
  'confirmation-required': facts => {
    const { contract_id, primary_contact_id, needs_confirmation, change_request_id } = facts
    return {
      detail: {
        en: `The primary of contract ${contract_id} must confirm this.`,
        ja: `この変更には、契約「${contract_id}」の主担当の方の確認が必要です。`,
      },
      contract_id,
      needs_confirmation,
      ...(primary_contact_id !== undefined && { primary_contact_id }),
      ...(change_request_id !== undefined && { change_request_id }),
      next: nextStep(facts),
    }
  },
} satisfies Descriptions<'requester-required' | 'requester-ambiguous' | 'confirmation-required'>

/** The confirmation to record, where a request waits for it; else the request to file. */
function nextStep({ change_request_id, request_in_place }: FactsByType['confirmation-required']): NextCall {
  if (change_request_id !== undefined)
    return nextCall('POST', `/v1/change-requests/${change_request_id}/confirm`, {
      en: "records the primary's confirmation",
      ja: '主担当の方の確認を記録します',
    })
  return {
    ...nextCall('POST', '/v1/change-requests', {
      en: "files the change as a request that waits for the primary's confirmation",
      ja: '主担当の方の確認を待つ変更依頼として登録します',
    }),
    ...(request_in_place && isShort(request_in_place) && { body: request_in_place }),
  }
}

// A request takes no more operations, and no answer quotes more of what a client sent.
const MOST_OPERATIONS = 200
const MOST_BYTES = 32 * 1024

function isShort(body: RequestInPlace): boolean {
  const operations = 'operations' in body ? body.operations : []
  return operations.length <= MOST_OPERATIONS && Buffer.byteLength(JSON.stringify(body)) <= MOST_BYTES
}
