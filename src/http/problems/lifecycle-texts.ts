import { counted } from '#http/problems/counted.ts'
import type { FactsByType } from '#http/problems/facts-by-type.ts'
import type { Words } from '#http/problems/language.ts'
import { nextCall } from '#http/problems/next-call.ts'
import type { Description, NextCall } from '#http/problems/problem-description.ts'
import type { LifecycleConflict } from '#domain/vocabulary.ts'

type Facts = Extract<FactsByType['state-conflict'], { because: unknown }>
type Conflict = { detail: (contract_id: string) => Words; remedy: Words; next: (contract_id: string) => NextCall }

const roster = (contract_id: string): NextCall =>
  nextCall('GET', `/v1/contracts/${contract_id}/roster`, {
    en: 'shows the contacts of the contract',
    ja: '契約の問い合わせご担当者を確認します',
  })

const contract = (contract_id: string): NextCall =>
  nextCall('GET', `/v1/contracts/${contract_id}`, {
    en: 'shows the customer of the contract',
    ja: '契約のお客様企業を確認します',
  })

const CONFLICTS = {
  has_contacts: {
    detail: contract_id => ({
      en: `Contract ${contract_id} already has contacts, so it cannot take over those of another contract.`,
      ja: `契約「${contract_id}」には、すでに問い合わせご担当者が登録されているため、ほかの契約から引き継ぐことはできません。`,
    }),
    remedy: {
      en: 'Name a successor without contacts. On a contract with contacts, change the roster instead.',
      ja: '問い合わせご担当者が登録されていない契約を、更新後の契約に指定してください。登録がある契約では、一覧を変更してください。',
    },
    next: roster,
  },
  has_no_contacts: {
    detail: contract_id => ({
      en: `Contract ${contract_id} has no contacts that could go on under a successor.`,
      ja: `契約「${contract_id}」には、引き継ぐ問い合わせご担当者が登録されていません。`,
    }),
    remedy: {
      en: 'Check the ids of both contracts: the contacts may have gone on under the successor already.',
      ja: '更新前と更新後の契約のIDをご確認ください。すでに更新後の契約に引き継がれている場合があります。',
    },
    next: roster,
  },
  other_customer: {
    detail: contract_id => ({
      en: `Contract ${contract_id} is registered for another customer.`,
      ja: `契約「${contract_id}」は、別のお客様企業の契約として登録されています。`,
    }),
    remedy: {
      en:
        'A succession stays with one customer. Name two contracts of the same customer, or transfer the former ' +
        'contract first with `POST /v1/transfers`.',
      ja: '契約の更新は、同じお客様企業の契約の間でのみ行えます。同じお客様企業の契約を指定するか、先に`POST /v1/transfers`で契約を移管してください。',
    },
    next: contract,
  },
  same_customer: {
    detail: contract_id => ({
      en: `Contract ${contract_id} already is a contract of this customer.`,
      ja: `契約「${contract_id}」は、すでにこのお客様企業の契約です。`,
    }),
    remedy: {
      en: 'Leave out the contracts that the customer already has. A repeated transfer may have been made before.',
      ja: 'すでにこのお客様企業の契約となっているものを除いてください。同じ移管がすでに完了している場合があります。',
    },
    next: contract,
  },
} satisfies Record<LifecycleConflict, Conflict>

/** Why a contract cannot be succeeded, cannot be the successor (R35), or cannot go to a customer (R36). */
export function lifecycleConflict({ contract_id, because }: Facts): Description {
  const { detail, remedy, next } = CONFLICTS[because]
  return { detail: detail(contract_id), remedy, contract_id, because, next: next(contract_id) }
}

/** Addresses that would serve two customers after a transfer: their contacts by id, and no address (R20, R36). */
export function addressStaysBehind({ contacts, count }: FactsByType['address-stays-behind']): Description {
  return {
    detail: {
      en: `${counted(count, 'contact')} would have the same email addresses on both sides of the transfer.`,
      ja: `移管する契約と移管しない契約に、同じメールアドレスの問い合わせご担当者が計${count}名います。`,
    },
    contacts,
    count,
  }
}
