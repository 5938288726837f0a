import { CONTACT_ID, CONTRACT_ID, CUSTOMER_ID, IMPORT_ID } from '#http/schemas/examples.ts'

const answered = {
  import_id: IMPORT_ID,
  state: 'finished',
  media_type: 'application/x-ndjson',
  dry_run: false,
  on_problem: 'skip_row',
  accept_over_limit: false,
  privacy_notice_version: null,
  rows: { total: 2, done: 2, created: 0, changed: 0, unchanged: 1, refused: 1, skipped: 0 },
  rows_per_second: 20,
  seconds_left: null,
  received_at: '2026-11-25T00:00:00.000Z',
  started_at: '2026-11-25T00:00:02.000Z',
  ended_at: '2026-11-25T00:00:02.100Z',
  problem: null,
}

const received = {
  ...answered,
  state: 'received',
  rows: { total: 2, done: 0, created: 0, changed: 0, unchanged: 0, refused: 0, skipped: 0 },
  rows_per_second: null,
  started_at: null,
  ended_at: null,
}

/** The lines of the file of the examples. */
export const EXAMPLE_LINES = [
  {
    type: 'contact',
    contract_id: CONTRACT_ID,
    role: 'primary',
    name: '山田 太郎',
    email: 'Yamada.Taro@aozora.example.co.jp',
  },
  { type: 'contact', contract_id: CONTRACT_ID, name: '山田/伊藤/佐藤', email: 'support@aozora.example.co.jp' },
]

const row = {
  line: 1,
  type: 'contact',
  outcome: 'unchanged',
  customer_id: null,
  contract_id: CONTRACT_ID,
  contact_id: CONTACT_ID,
  problems: [],
  values: [],
  warnings: [],
  possible_duplicates: [],
}

export const importExamples = {
  lines: {
    contacts: {
      summary: 'Two contacts, of which one row names three people',
      value: EXAMPLE_LINES.map(line => `${JSON.stringify(line)}\n`).join(''),
    },
    customer: {
      summary: 'A customer',
      value: `${JSON.stringify({ type: 'customer', customer_id: CUSTOMER_ID, name: '株式会社青空商事' })}\n`,
    },
  },
  table: {
    contacts: {
      summary: 'One contact, with Japanese words',
      value: `契約番号,区分,お名前,メールアドレス\r\n${CONTRACT_ID},主担当,山田 太郎,Yamada.Taro@aozora.example.co.jp\r\n`,
    },
  },
  received: { received: { summary: 'A file that was received', value: received } },
  answer: { finished: { summary: 'An import that is over', value: answered } },
  cancelled: { cancelled: { summary: 'A cancelled import', value: { ...answered, state: 'cancelled' } } },
  page: { all: { summary: 'The only page', value: { items: [answered], next_cursor: null } } },
  rows: { all: { summary: 'The only page', value: { items: [row], next_cursor: null } } },
  report: {
    all: {
      summary: 'A report of one row',
      value:
        'contract_id,name,email,import_line,import_outcome,import_reason,import_suggestion\r\n' +
        `${CONTRACT_ID},山田 太郎,Yamada.Taro@aozora.example.co.jp,2,unchanged,,\r\n`,
    },
  },
}
