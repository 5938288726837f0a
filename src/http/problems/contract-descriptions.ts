import { counted } from '#http/problems/counted.ts'
import { addressStaysBehind } from '#http/problems/lifecycle-texts.ts'
import { nextCall } from '#http/problems/next-call.ts'
import type { Descriptions } from '#http/problems/problem-description.ts'

/** Rules about a contract and its seats. */
export const CONTRACT_DESCRIPTIONS = {
  'customer-fixed': ({ contract_id }) => ({
    detail: {
      en: `Contract ${contract_id} is registered for another customer.`,
      ja: `契約「${contract_id}」は、別のお客様企業の契約として登録されています。`,
    },
    contract_id,
    next: nextCall('POST', '/v1/transfers', {
      en: 'moves the contract to another customer, with its contacts and accounts',
      ja: '契約を、問い合わせご担当者とアカウントとともに別のお客様企業に移管します',
    }),
  }),
  'address-stays-behind': addressStaysBehind,
  'contract-not-in-force': ({ contract_id, state, ends_on }) => ({
    detail: {
      en: `Contract ${contract_id} ended on ${ends_on}.`,
      ja: `契約「${contract_id}」は${ends_on}に終了しています。`,
    },
    contract_id,
    state,
    ends_on,
    next: nextCall('GET', `/v1/contracts/${contract_id}`, {
      en: 'shows the start and end dates of the contract',
      ja: '契約期間を確認します',
    }),
  }),
  'already-registered': ({ contract_id, registered_at }) => ({
    detail: {
      en: `The first contacts of contract ${contract_id} are already registered.`,
      ja: `契約「${contract_id}」の問い合わせご担当者の新規登録は、すでに完了しています。`,
    },
    contract_id,
    ...(registered_at !== null && { registered_at }),
    next: nextCall('POST', '/v1/change-requests', {
      en: 'records a request for additions, changes and removals',
      ja: '追加、変更、削除を依頼します',
    }),
  }),
  'form-limit-reached': ({ contract_id, form_version, limit, given }) => ({
    detail: {
      en:
        `A form of version ${form_version} can register at most ${counted(limit, 'contact')} on contract ` +
        `${contract_id}, but this form lists ${given}.`,
      ja: `${form_version}版のサービス利用申込書で契約「${contract_id}」に登録できるのは${limit}名までですが、${given}名が記載されています。`,
    },
    contract_id,
    limit,
    given,
    next: nextCall('POST', `/v1/contracts/${contract_id}/application-form`, {
      en: 'registers the first contacts, with a form that lists fewer',
      ja: '人数を減らした申込書で登録します',
    }),
  }),
  'removals-unconfirmed': ({ contract_id, removals, is_requested = false }) => ({
    detail: {
      en: `This request would remove ${counted(removals, 'contact')} from contract ${contract_id}.`,
      ja: `この内容を適用すると、契約「${contract_id}」の問い合わせご担当者${removals}名が削除されます。`,
    },
    contract_id,
    removals,
    next: nextCall(
      is_requested ? 'POST' : 'PUT',
      is_requested ? '/v1/change-requests' : `/v1/contracts/${contract_id}/roster`,
      {
        en: `applies the removals, with "confirm_removals": ${removals}`,
        ja: `削除してよい場合は、「"confirm_removals": ${removals}」を付けて送信します`,
      },
    ),
  }),
  'seat-limit-reached': ({ contract_id, limit, used, over }) => ({
    detail: {
      en: `Contract ${contract_id} has ${counted(limit, 'seat')} and ${counted(used, 'contact')}.`,
      ja: `契約「${contract_id}」の登録可能人数は${limit}名で、すでに${used}名が登録されています。`,
    },
    contract_id,
    limit,
    used,
    over,
    next: nextCall('GET', `/v1/contracts/${contract_id}`, {
      en: 'explains the limit line by line',
      ja: '登録可能人数の内訳を確認します',
    }),
  }),
} satisfies Descriptions<
  | 'customer-fixed'
  | 'address-stays-behind'
  | 'contract-not-in-force'
  | 'already-registered'
  | 'form-limit-reached'
  | 'removals-unconfirmed'
  | 'seat-limit-reached'
>
