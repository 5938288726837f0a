import { senderReply } from '#domain/senders/sender-reply.ts'
import { smtpAnswer } from '#domain/senders/smtp-answer.ts'
import {
  ACCOUNT_ID,
  CONTACT_ID,
  CONTRACT_ID,
  CUSTOMER_ID,
  SHARED_ACCOUNT_ID,
  SHARER_IDS,
} from '#http/schemas/examples.ts'

const [sato, suzuki] = SHARER_IDS

const contract = {
  contract_id: CONTRACT_ID,
  customer_id: CUSTOMER_ID,
  product_id: 'manage_ac',
  state: 'in_force',
  starts_on: '2024-04-01',
  ends_on: null,
}

const authorised = {
  address: 'Yamada.Taro@Aozora.example.co.jp',
  authorised: true,
  reason: 'registered',
  account: {
    account_id: ACCOUNT_ID,
    customer_id: CUSTOMER_ID,
    email: 'Yamada.Taro@aozora.example.co.jp',
    display_name: '山田 太郎',
    shared: false,
  },
  ask_for_name: false,
  people: [
    {
      name: '山田 太郎',
      family_name: '山田',
      given_name: '太郎',
      contacts: [{ contact_id: CONTACT_ID, contract_id: CONTRACT_ID, role: 'primary', duties: [] }],
    },
  ],
  contracts: [contract],
  reply_to: { address: 'Yamada.Taro@aozora.example.co.jp', authorised: true },
  automatic: false,
  authentication: { spf: 'pass', dkim: 'pass', dmarc: 'pass', from_verified: true },
  reply: null,
  smtp: smtpAnswer('registered'),
  confirm_with: [],
  change_request: null,
}

const secondary = (family_name: string, given_name: string, contact_id: string) => ({
  name: `${family_name} ${given_name}`,
  family_name,
  given_name,
  contacts: [{ contact_id, contract_id: CONTRACT_ID, role: 'secondary', duties: [] }],
})

const shared = {
  ...authorised,
  reply_to: null,
  authentication: null,
  address: 'support-desk@aozora.example.co.jp',
  ask_for_name: true,
  account: {
    account_id: SHARED_ACCOUNT_ID,
    customer_id: CUSTOMER_ID,
    email: 'support-desk@aozora.example.co.jp',
    display_name: '佐藤/鈴木',
    shared: true,
  },
  people: [secondary('佐藤', '次郎', sato), secondary('鈴木', '三郎', suzuki)],
}

const unknownSender = {
  authorised: false,
  account: null,
  ask_for_name: false,
  people: [],
  contracts: [],
  reply_to: null,
  automatic: false,
  authentication: null,
  confirm_with: [],
  change_request: null,
}

const refused = {
  ...unknownSender,
  address: 'takahashi.megumi@aozora.example.co.jp',
  reason: 'never_registered',
  reply: senderReply('never_registered'),
  smtp: smtpAnswer('never_registered'),
  confirm_with: [
    {
      contract_id: CONTRACT_ID,
      product_id: 'manage_ac',
      customer_id: CUSTOMER_ID,
      customer_name: '株式会社青空商事',
      primary: { contact_id: CONTACT_ID, name: '山田 太郎', email: 'Yamada.Taro@aozora.example.co.jp' },
    },
  ],
  change_request: {
    contract_id: CONTRACT_ID,
    operations: [
      { op: 'add', contact: { family_name: '高橋', given_name: '恵', email: 'takahashi.megumi@aozora.example.co.jp' } },
    ],
    requested_by: { name: '高橋 恵', email: 'takahashi.megumi@aozora.example.co.jp', channel: 'mail' },
  },
}

const invalid = {
  ...unknownSender,
  address: null,
  reason: 'invalid_address',
  reply: senderReply('invalid_address'),
  smtp: smtpAnswer('invalid_address'),
}

export const senderCheckExamples = {
  input: {
    one: {
      summary: 'The headers of one mail',
      value: {
        from: '"山田" <Yamada.Taro@Aozora.example.co.jp>',
        reply_to: 'Yamada.Taro@aozora.example.co.jp',
        return_path: '<yamada.taro@aozora.example.co.jp>',
        authentication: { spf: 'pass', dkim: 'pass', dmarc: 'pass' },
      },
    },
  },
  answer: {
    authorised: { summary: 'An authorised sender', value: authorised },
    refused: { summary: 'An unregistered sender of a known customer', value: refused },
  },
  batch: {
    two: {
      summary: 'Two senders, one of them for one customer only',
      value: {
        senders: [
          { from: 'support-desk@aozora.example.co.jp', customer_id: CUSTOMER_ID },
          { from: '高橋 恵 <takahashi.megumi@aozora.example.co.jp>' },
        ],
      },
    },
  },
  list: {
    list: { summary: 'A shared mailbox, and a text that is not an address', value: { items: [shared, invalid] } },
  },
}
