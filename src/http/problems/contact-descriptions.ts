import { addressInUseDescription } from '#http/problems/address-in-use-texts.ts'
import { nameDescription } from '#http/problems/name-texts.ts'
import { nextCall } from '#http/problems/next-call.ts'
import type { Descriptions } from '#http/problems/problem-description.ts'

/** Rules about contacts, their addresses and their accounts. */
export const CONTACT_DESCRIPTIONS = {
  'primary-required': ({ contract_id, primary_contact_id }) =>
    primary_contact_id === undefined
      ? {
          detail: {
            en: `Contract ${contract_id} has no primary. Register the primary first.`,
            ja: `契約「${contract_id}」には主担当が登録されていません。最初に主担当を登録してください。`,
          },
          remedy: {
            en: 'Register the primary first, with `"role": "primary"`, and the other contacts after that.',
            ja: '先に、主担当を`"role": "primary"`で登録してください。副担当は、その後に登録してください。',
          },
          contract_id,
          next: nextCall('POST', `/v1/contracts/${contract_id}/contacts`, {
            en: 'registers the first contact, with "role": "primary"',
            ja: '「"role": "primary"」を付けて登録します',
          }),
        }
      : {
          detail: {
            en: `The primary of contract ${contract_id} cannot be removed while the contract has other contacts.`,
            ja: `契約「${contract_id}」に副担当が登録されている間は、主担当を削除できません。`,
          },
          remedy: {
            en:
              'Make another contact the primary with `PUT /v1/contracts/{contract_id}/primary`. With ' +
              '`"former_primary": "removed"`, the same step removes the present primary.',
            ja:
              '`PUT /v1/contracts/{contract_id}/primary`で、主担当を別の方に変更してください。`"former_primary": "removed"`を付けると、' +
              '現在の主担当の削除も一度に行えます。',
          },
          contract_id,
          primary_contact_id,
          next: nextCall('PUT', `/v1/contracts/${contract_id}/primary`, {
            en: 'makes another contact the primary; "former_primary": "removed" also removes the present primary',
            ja: '主担当を別の方に変更します。現在の主担当を削除する場合は「"former_primary": "removed"」を付けます',
          }),
        },
  'primary-exists': ({ contract_id, primary_contact_id }) => ({
    detail:
      contract_id === undefined
        ? { en: 'The contract already has a primary.', ja: 'この契約には、すでに主担当が登録されています。' }
        : {
            en: `Contract ${contract_id} already has a primary.`,
            ja: `契約「${contract_id}」には、すでに主担当が登録されています。`,
          },
    ...(contract_id !== undefined && {
      contract_id,
      next: nextCall('PUT', `/v1/contracts/${contract_id}/primary`, {
        en: 'makes another contact the primary, or replaces the primary, in one step',
        ja: '主担当を別の方に変更します。新しい方の登録と、現在の主担当の削除も一度に行えます',
      }),
    }),
    ...(primary_contact_id !== undefined && { primary_contact_id }),
  }),
  'duplicate-contact': ({ contract_id, contact_id }) => ({
    detail: {
      en: 'A contact with the same name and email address is already registered on this contract.',
      ja: 'お名前とメールアドレスが同じ方が、この契約にすでに登録されています。',
    },
    ...(contract_id !== undefined && { contract_id }),
    ...(contact_id !== undefined && {
      contact_id,
      next: nextCall('GET', `/v1/contacts/${contact_id}`, {
        en: 'shows the registered contact',
        ja: '登録済みの問い合わせご担当者を確認します',
      }),
    }),
  }),
  'person-elsewhere': ({ contacts, person_change }) => ({
    detail: {
      en: 'This person is also registered on other contracts of the customer. Change the person on all of them.',
      ja: 'この方は、同じお客様企業のほかの契約にも登録されています。すべての契約の登録を一度に変更してください。',
    },
    contacts,
    next: {
      ...nextCall('POST', '/v1/person-changes', {
        en: 'changes the person on all contracts of the customer, all or nothing',
        ja: 'お客様企業のすべての契約で、この方の登録を一度に変更します',
      }),
      body: person_change,
    },
  }),
  'email-in-use': addressInUseDescription,
  'still-registered': ({ contact_id, contract_id }) => ({
    detail: {
      en: `The person is still registered on contract ${contract_id}.`,
      ja: `この方は、契約「${contract_id}」にまだ登録されています。`,
    },
    contact_id,
    contract_id,
  }),
  'email-taken': () => ({
    detail: {
      en: 'This email address cannot be registered for this customer. Use another email address.',
      ja: 'このメールアドレスは、このお客様企業では登録できません。別のメールアドレスを指定してください。',
    },
  }),
  'name-not-personal': nameDescription,
  'account-closed': ({ account_id }) => ({
    detail: {
      en: 'This support account has no contacts any more.',
      ja: 'このサポートサイトのアカウントには、ご登録中の問い合わせご担当者がいません。',
    },
    account_id,
  }),
} satisfies Descriptions<
  | 'primary-required'
  | 'primary-exists'
  | 'duplicate-contact'
  | 'person-elsewhere'
  | 'email-in-use'
  | 'email-taken'
  | 'still-registered'
  | 'name-not-personal'
  | 'account-closed'
>
