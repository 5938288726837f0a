/** The chapters of the document, in reading order. */
export const TAGS = {
  Catalogue:
    "Products, apps and options (製品・アプリ・オプション): how many seats they give. The system with the vendor's " +
    'catalogue maintains them.',
  Customers: 'Customers (お客様企業). The CRM registers them under its own ids.',
  Contracts: 'Contracts (契約) and their seats (登録可能人数). Billing registers contracts under its own ids.',
  Contacts:
    'Support contacts (問い合わせご担当者): each is one person on one contract. A contract has one primary (主担当); all ' +
    'other contacts are secondaries (副担当). The roster is the list of all contacts of a contract. A plan of a ' +
    'roster shows what would happen: added, changed and removed contacts, roles, accounts, seats, and ' +
    'everything that prevents the change. The rules apply to the final state, so the order of the steps does ' +
    'not matter.',
  'Change requests':
    'Changes that customers request from support (ご担当者様の登録内容の変更): planned together, confirmed by the primary ' +
    'if necessary, and applied immediately or on a given day. Also the application form (サービス利用申込書) that ' +
    'registers the first contacts.',
  Imports:
    'Files of customers, contracts and contacts (一括登録): NDJSON, or contacts as CSV. Every row follows the rules of a ' +
    'single registration, and the report says of every row what became of it (R39).',
  History:
    'The history of changes (変更の履歴) of a contract and its contacts: when, by which client, and at whose ' +
    'request (R25, R26). Also the record of who took which list of people out of the registry (R31, R32). ' +
    '`as_of` on a contract, its contacts and its roster gives the answer of a past moment.',
  'Personal data':
    'What the registry holds of a person (個人情報の開示): a report to hand to the person, as a document or as a page to ' +
    'print; and the erasure of people who are no contacts any more (R33).',
  Events:
    'What changed, as a stream that systems follow (変更の通知): every change in one order, without gaps (R37). A client ' +
    'that keeps a copy of a list reads it once, and from then on only the events.',
  'Sender checks':
    'Whether an email address (送信者のメールアドレス) may send inquiries: the mail gateway checks every mail, the help ' +
    'desk every call (R29, R30). A refused sender is not an error: the answer is 200 with `authorised: ' +
    'false`, the reason, a reply for the sender, and the primary who can confirm. The address in `From` can ' +
    'be forged: let the mail server check SPF, DKIM and DMARC before.',
  'Support accounts':
    'The sign-in identities of the support site (サポートサイトのアカウント): one account for each email address, also if ' +
    'several people share the mailbox (共有メールアドレス).',
  Webhooks:
    'Addresses of other systems (Webhook) to which the service sends events, signed as Standard Webhooks has it ' +
    '(R37). A delivery wakes its receiver up; what changed is in `GET /v1/events`.',
  'API clients':
    'The systems that may call the service (APIクライアント): their scopes and keys, the IP addresses that they may ' +
    'call from, and when they expire. Give each system its own key, with only the scopes that it needs. Keys ' +
    'can be rotated with an overlap, or revoked immediately.',
  Service: 'The state of the service, and explanations of its problems.',
} as const

export type Tag = keyof typeof TAGS
