import type { AddressInUse } from '#domain/rosters/address-in-use.ts'
import { fullName } from '#domain/person-name.ts'
import type { PossiblySamePerson } from '#domain/refusal.ts'
import type { Words } from '#http/problems/language.ts'
import { nextCall } from '#http/problems/next-call.ts'

/**
 * The problem of an address that others have (R17): first who may be the same person and how to send the name, then how
 * to share the mailbox.
 */
export function addressInUseDescription({ contacts, possibly_same_person }: AddressInUse) {
  const [first] = possibly_same_person ?? []
  if (first === undefined) return { detail: ANOTHER_PERSON, contacts }
  return {
    detail: { en: `${samePerson(first).en} ${SHARED.en}`, ja: `${samePerson(first).ja}${SHARED.ja}` },
    contacts,
    possibly_same_person: possibly_same_person?.map(({ registered: _registered, ...person }) => person),
    ...(first.registered === 'here' && {
      next: nextCall('PATCH', `/v1/contacts/${first.contact_id}`, {
        en: 'corrects the name of the registered contact, if it is the same person',
        ja: '同一の方の場合に、登録済みのお名前を訂正します',
      }),
    }),
  }
}

const ANOTHER_PERSON: Words = {
  en:
    'A contact of this customer with another name has this email address. ' +
    'If both people share the mailbox, send the request again with "shared_mailbox": true.',
  ja: 'このメールアドレスは、同じお客様企業の別の方のメールアドレスとして登録されています。共有メールアドレスの場合は、「"shared_mailbox": true」を付けて、もう一度送信してください。',
}

const SHARED: Words = {
  en: 'If they are two people who share the mailbox, send the request again with "shared_mailbox": true.',
  ja: '別の方と共有メールアドレスをご利用の場合は、「"shared_mailbox": true」を付けて、もう一度送信してください。',
}

/** Who may be the same person, and what to do if so. */
function samePerson(person: PossiblySamePerson): Words {
  const name = fullName(person)
  if (person.registered === undefined)
    return {
      en:
        `The request also has ${name} with this email address, who may be the same person. ` +
        'If so, list the person once.',
      ja: `同じリクエストの「${name}」様と、お名前の表記が異なる同一の方の可能性があります。同一の方の場合は、1回だけ記載してください。`,
    }
  const [family, given] = [person.family_name, person.given_name].map(part => JSON.stringify(part))
  return person.registered === 'here'
    ? {
        en:
          `${name} has this email address on this contract, and may be the same person in another spelling. ` +
          'If so, the person is already registered: correct the name of that contact if necessary.',
        ja:
          `このメールアドレスは、この契約に「${name}」様のお名前で登録されています。お名前の表記が異なる同一の方の可能性があります。` +
          '同一の方の場合は、すでにご登録済みです。必要に応じて、登録済みのお名前を訂正してください。',
      }
    : {
        en:
          `${name} has this email address on contract ${person.contract_id}, and may be the same person in another ` +
          `spelling. If so, send the name as it is registered: "family_name": ${family}, "given_name": ${given}.`,
        ja:
          `このメールアドレスは、契約「${person.contract_id}」に「${name}」様のお名前で登録されています。お名前の表記が異なる同一の方の可能性があります。` +
          `同一の方の場合は、お名前を登録済みの表記(「"family_name": ${family}」「"given_name": ${given}」)で送信してください。`,
      }
}
