import { readContactInput, type ContactInput, type InputContext } from '#domain/contacts/contact-input.ts'

const input: ContactInput = {
  role: 'secondary',
  duties: [],
  family_name: '山田',
  given_name: '太郎',
  email: 'yamada@example.jp',
  privacy_notice_version: '2025-10',
}
export const read = (fields: Partial<ContactInput>, context: Partial<InputContext> = {}) =>
  readContactInput({ ...input, ...fields }, 'new', { customer_name: '株式会社青空商事', ...context })
export const NOTHING_NOTICED = { pointer: '#', warnings: [], override: null }
export const namesRefused = (fields: Partial<ContactInput>, context?: Partial<InputContext>) =>
  read(fields, context).refusals.flatMap(refusal =>
    refusal.type === 'name-not-personal' ? [[refusal.pointer, refusal.code, refusal.can_be_overridden]] : [],
  )
export const errorsOf = (fields: Partial<ContactInput>) =>
  read(fields).refusals.flatMap(refusal =>
    refusal.type === 'invalid-request' ? refusal.errors.map(({ pointer, code }) => [pointer, code]) : [],
  )
