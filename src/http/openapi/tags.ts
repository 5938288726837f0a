/** The chapters of the document, in reading order. */
export const TAGS = {
  Catalogue:
    'Products, apps and options (製品・アプリ・オプション): what gives how many seats. Fed by the system that ' +
    "keeps the vendor's catalogue.",
  Customers: 'Customers (お客様企業), fed by the CRM under its own ids.',
  Contracts: 'Contracts (契約), fed by billing under its own ids, and the seats (登録可能人数) that follow from them.',
  Contacts:
    'Support contacts (問い合わせご担当者): one person on one contract, one of them the primary (主担当), the ' +
    'others secondaries (副担当). The roster is the list of all of them. A plan of a roster shows what would happen: ' +
    'added, changed and removed contacts, roles, accounts, seats, and everything that prevents the change. The rules ' +
    'apply to the final state, so the order of the steps does not matter.',
  'Change requests':
    'What customers ask support to change (ご担当者様の登録内容の変更), planned together, confirmed by the ' +
    'primary where that is needed, and applied at once or on a day; and the application form (サービス利用申込書) ' +
    'that registers the first contacts.',
  History:
    'What changed (変更の履歴) of a contract and its contacts, when, by which client, and at whose request (R25, ' +
    'R26); and who took which list of people out of the registry (R31, R32). `as_of` on a contract, its contacts and ' +
    'its roster gives the answer of that moment.',
  'Sender checks':
    'Whether an address (送信者のメールアドレス) may send inquiries: the mail gateway checks every mail, the help ' +
    'desk every call (R29, R30). A refused sender is an answer, not an error: 200 with `authorised: false`, the ' +
    'reason, a text to send back, and the primary who can confirm. The address in `From:` can be forged: SPF, DKIM ' +
    'and DMARC, which the mail server checks before, say whether it is.',
  'Support accounts':
    'The sign-in identities of the support site (サポートサイトのアカウント): one for each e-mail address, also ' +
    'where people share a mailbox (共有メールアドレス).',
  'API clients':
    'Who may call (APIクライアント): clients with their scopes and keys, the IP addresses that they may call ' +
    'from, and when they expire. Each system gets a key of its own, with only the scopes that it needs. Keys are ' +
    'rotated with an overlap, and revoked at once.',
  Service: 'The state of the service, and the explanations of its problems.',
} as const

export type Tag = keyof typeof TAGS
