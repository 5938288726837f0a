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
            en: `Contract ${contract_id} has no contact yet: the first has to be its primary.`,
            ja: `契約「${contract_id}」には、まだ問い合わせご担当者が登録されていません。最初に主担当を登録してください。`,
          },
          contract_id,
          next: nextCall('POST', `/v1/contracts/${contract_id}/contacts`, {
            en: 'with "role": "primary"',
            ja: '「"role": "primary"」を付けて登録します',
          }),
        }
      : {
          detail: {
            en: `The primary of contract ${contract_id} cannot go while other contacts remain.`,
            ja: `契約「${contract_id}」に副担当が登録されている間は、主担当を削除できません。`,
          },
          contract_id,
          primary_contact_id,
          next: nextCall('PUT', `/v1/contracts/${contract_id}/primary`, {
            en: 'hands the role to another contact; "former_primary": "removed" lets the present one go',
            ja: '主担当を別の方に引き継ぎます。現在の主担当を削除する場合は「"former_primary": "removed"」を付けます',
          }),
        },
  'primary-exists': ({ contract_id, primary_contact_id }) => ({
    detail:
      contract_id === undefined
        ? { en: 'The contract has a primary already.', ja: 'この契約には、すでに主担当が登録されています。' }
        : {
            en: `Contract ${contract_id} has a primary already.`,
            ja: `契約「${contract_id}」には、すでに主担当が登録されています。`,
          },
    ...(contract_id !== undefined && {
      contract_id,
      next: nextCall('PUT', `/v1/contracts/${contract_id}/primary`, {
        en: 'hands the role over or replaces the primary in one step',
        ja: '主担当の引き継ぎ、または交代を一度に行います',
      }),
    }),
    ...(primary_contact_id !== undefined && { primary_contact_id }),
  }),
  'duplicate-contact': ({ contract_id, contact_id }) => ({
    detail: {
      en: 'The same person, by name and address, is registered on this contract.',
      ja: 'お名前とメールアドレスが同じ方が、この契約にすでに登録されています。',
    },
    ...(contract_id !== undefined && { contract_id }),
    ...(contact_id !== undefined && {
      contact_id,
      next: nextCall('GET', `/v1/contacts/${contact_id}`, {
        en: 'shows the contact that is there',
        ja: '登録済みの問い合わせご担当者を確認します',
      }),
    }),
  }),
  'email-in-use': addressInUseDescription,
  'email-taken': () => ({
    detail: {
      en: 'This address cannot be registered for this customer.',
      ja: 'このメールアドレスは、このお客様企業では登録できません。別のメールアドレスを指定してください。',
    },
  }),
  'name-not-personal': nameDescription,
  'account-closed': ({ account_id }) => ({
    detail: {
      en: 'No contact is behind this support account any more.',
      ja: 'このサポートサイトのアカウントには、ご登録中の問い合わせご担当者がいません。',
    },
    account_id,
  }),
} satisfies Descriptions<
  | 'primary-required'
  | 'primary-exists'
  | 'duplicate-contact'
  | 'email-in-use'
  | 'email-taken'
  | 'name-not-personal'
  | 'account-closed'
>
