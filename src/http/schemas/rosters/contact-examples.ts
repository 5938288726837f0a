import {
  ACCOUNT_ID,
  CONTACT_ID,
  CONTRACT_ID,
  CUSTOMER_ID,
  SUCCESSOR_ACCOUNT_ID,
  SUCCESSOR_ID,
} from '#http/schemas/examples.ts'

const input = {
  role: 'primary',
  duties: ['system'],
  family_name: '山田',
  given_name: '太郎',
  email: 'Yamada.Taro@aozora.example.co.jp',
  privacy_notice_version: '2025-10',
}

/** 山田 太郎, the primary of the examples' contract. */
export const primaryExample = {
  contact_id: CONTACT_ID,
  contract_id: CONTRACT_ID,
  customer_id: CUSTOMER_ID,
  account_id: ACCOUNT_ID,
  role: 'primary',
  duties: ['system'],
  family_name: '山田',
  given_name: '太郎',
  name: '山田 太郎',
  name_doubtful: false,
  email: 'Yamada.Taro@aozora.example.co.jp',
  mailbox_shared: false,
  privacy_notice_version: '2025-10',
  privacy_notice_shown_at: '2026-04-01T00:30:00.000Z',
  registered_at: '2026-04-01T00:30:00.000Z',
  first_registered_at: '2026-04-01T00:30:00.000Z',
  carried_from: null,
  removed_at: null,
  updated_at: '2026-04-01T00:30:00.000Z',
}

const successor = {
  ...primaryExample,
  contact_id: SUCCESSOR_ID,
  account_id: SUCCESSOR_ACCOUNT_ID,
  duties: [],
  family_name: '伊藤',
  given_name: '花子',
  name: '伊藤 花子',
  email: 'ito.hanako@aozora.example.co.jp',
  privacy_notice_shown_at: '2026-09-14T23:40:00.000Z',
  registered_at: '2026-09-14T23:40:00.000Z',
  first_registered_at: '2026-09-14T23:40:00.000Z',
  updated_at: '2026-09-14T23:40:00.000Z',
}

export const contactExamples = {
  input: {
    secondary: {
      summary: 'A secondary',
      value: {
        role: 'secondary',
        duties: ['operations'],
        family_name: '渡辺',
        given_name: '健',
        email: 'watanabe.ken@aozora.example.co.jp',
        privacy_notice_version: '2025-10',
      },
    },
    primary: { summary: 'The first contact of a contract: the primary', value: input },
    vouched_for: {
      summary: "A name that looks like a company's, confirmed by an operator",
      value: {
        family_name: '海上',
        given_name: null,
        email: 'unakami@aozora.example.co.jp',
        privacy_notice_version: '2025-10',
        name_override: { reason: 'Confirmed by phone with the person.' },
      },
    },
    shared: {
      summary: 'A secondary who shares a mailbox',
      value: {
        family_name: '木村',
        given_name: '翔',
        email: 'support-desk@aozora.example.co.jp',
        shared_mailbox: true,
        duties: ['operations'],
        privacy_notice_version: '2025-10',
      },
    },
  },
  patch: {
    duties: { summary: 'Other duties', value: { duties: ['system', 'contract'] } },
    move: { summary: 'Another address', value: { email: 'taro.yamada@aozora.example.co.jp' } },
  },
  hand_over: {
    hand_over: {
      summary: 'Another contact becomes the primary, the former primary stays',
      value: { contact_id: SUCCESSOR_ID },
    },
    replace: {
      summary: 'A new person becomes the primary, the former primary is removed',
      value: {
        new_contact: {
          family_name: '伊藤',
          given_name: '美咲',
          email: 'ito.misaki@aozora.example.co.jp',
          privacy_notice_version: '2025-10',
        },
        former_primary: 'removed',
      },
    },
  },
  answer: {
    primary: { summary: 'A primary', value: primaryExample },
    doubtful: {
      summary: "A name that may not be a person's",
      value: {
        ...primaryExample,
        family_name: '水流所',
        given_name: null,
        name: '水流所',
        name_doubtful: true,
        warnings: [
          {
            code: 'name-doubtful',
            pointer: '#/family_name',
            reason: 'doubtful',
            matched: '所',
            detail: '"所" may be part of an organisation\'s name. Check whether this is a person\'s name.',
          },
        ],
      },
    },
  },
  changed: { duties: { summary: 'With other duties', value: { ...primaryExample, duties: ['contract', 'system'] } } },
  handed_over: { replaced: { summary: 'The primary now', value: successor } },
  page: {
    all: {
      summary: 'The only page',
      value: { items: [primaryExample, { ...successor, role: 'secondary' }], next_cursor: null },
    },
  },
}
