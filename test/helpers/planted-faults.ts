/** The columns of the dirty files, in Japanese as spreadsheets have them. */
export const DIRTY_HEADER = [
  '契約番号',
  '区分',
  '役割',
  '姓',
  '名',
  'お名前',
  'メールアドレス',
  '共有',
  '個人情報の取り扱いの版',
  '登録日',
] as const

/** A row of a dirty file, as it is written. */
export type DirtyRow = {
  contract: string
  role: string
  duties: string
  family: string
  given: string
  name: string
  email: string
  shared: string
  notice: string
  registered: string
}

/**
 * What the service has to say of a row: the type of the problem, and where it has them its code and field. A person who
 * is in the file twice is no problem: the row says so of the earlier one.
 */
export type PlantedProblem = { type: string; code?: string; field?: string }

/** A kind of fault: how it changes a good row of a contract with a primary, and what the service says of it. */
export type FaultKind = {
  kind: string
  plant: (row: DirtyRow, primary: DirtyRow) => Partial<DirtyRow>
  says: PlantedProblem
}

const name = (code: string): PlantedProblem => ({ type: 'name-not-personal', code, field: 'name' })
const invalid = (code: string, field: string): PlantedProblem => ({ type: 'invalid-request', code, field })
const named = (text: string) => (): Partial<DirtyRow> => ({ family: '', given: '', name: text })

const NAMES: FaultKind[] = [
  { kind: 'no name', plant: named(''), says: invalid('required', 'family_name') },
  { kind: 'company', plant: named('株式会社みどり商会'), says: name('company') },
  { kind: 'company in brackets', plant: named('㈱みどり商会'), says: name('company') },
  { kind: 'department', plant: named('情報システム部'), says: name('department') },
  { kind: 'role', plant: named('サポート担当'), says: name('role') },
  { kind: 'placeholder', plant: named('未定'), says: name('placeholder') },
  { kind: 'ditto', plant: named('同上'), says: name('placeholder') },
  { kind: 'error of Excel', plant: named('#N/A'), says: name('placeholder') },
  { kind: 'several people', plant: named('山田/伊藤/佐藤'), says: name('several-people') },
  { kind: 'several people with a comma', plant: named('山田、伊藤'), says: name('several-people') },
  { kind: 'others', plant: named('山田 他1名'), says: name('several-people') },
  { kind: 'department and person', plant: named('経理部 山田花子'), says: name('organisation-and-person') },
  { kind: 'title of a function', plant: named('山田部長'), says: name('title') },
  { kind: 'address for a name', plant: named('yamada@midori.example.jp'), says: name('contact-data') },
  { kind: 'telephone number for a name', plant: named('03-1234-5678'), says: name('contact-data') },
  { kind: 'no letter', plant: named('---'), says: name('empty') },
  { kind: 'broken text', plant: named('山\uFFFD 太郎'), says: name('broken-text') },
  { kind: 'too long', plant: named('山'.repeat(80)), says: invalid('too-long', 'name') },
  {
    kind: 'name and parts differ',
    plant: () => ({ family: '鈴木', given: '一郎', name: '田中 二郎' }),
    says: { type: 'invalid-value', code: 'differs-from-parts', field: 'name' },
  },
]

const at = (email: string) => (): Partial<DirtyRow> => ({ email })
const address = (code = 'invalid-address'): PlantedProblem => invalid(code, 'email')

const ADDRESSES: FaultKind[] = [
  { kind: 'no address', plant: at(''), says: invalid('required', 'email') },
  { kind: 'no @', plant: at('yamada.midori.example.jp'), says: address() },
  { kind: 'two addresses', plant: at('a@midori.example.jp; b@midori.example.jp'), says: address() },
  { kind: 'display name', plant: at('山田 <yamada@midori.example.jp>'), says: address() },
  { kind: 'space inside', plant: at('yama da@midori.example.jp'), says: address() },
  { kind: 'no dot in the domain', plant: at('yamada@localhost'), says: address() },
  { kind: 'dot at the end', plant: at('yamada@midori.example.jp.'), says: address() },
  { kind: 'two @', plant: at('yamada@@midori.example.jp'), says: address() },
  { kind: 'invisible character', plant: at('yamada\u200B@midori.example.jp'), says: address() },
  { kind: 'comma for a dot', plant: at('yamada@midori,example.jp'), says: address() },
  {
    kind: 'address of another customer',
    plant: at('Desk@Taken.example.jp'),
    says: { type: 'email-taken' },
  },
  {
    kind: 'address of a colleague',
    // A name that no other row has: with the colleague's own name it would be the same person again.
    plant: (_row, primary) => ({ family: '田村', given: '次郎', name: '', email: primary.email }),
    says: { type: 'email-in-use' },
  },
  {
    kind: 'the same person again',
    plant: (_row, primary) => ({ ...primary, role: '', duties: '' }),
    says: { type: 'possible-duplicate' },
  },
]

const OTHERS: FaultKind[] = [
  { kind: 'no contract', plant: () => ({ contract: '' }), says: invalid('required', 'contract_id') },
  { kind: 'malformed contract', plant: () => ({ contract: 'D/1' }), says: invalid('invalid-format', 'contract_id') },
  {
    kind: 'number that Excel shortened',
    plant: () => ({ contract: '2.02604E+11' }),
    says: invalid('invalid-format', 'contract_id'),
  },
  { kind: 'unknown contract', plant: () => ({ contract: 'D-NONE' }), says: { type: 'unknown-reference' } },
  { kind: 'second primary', plant: () => ({ role: '主担当' }), says: { type: 'primary-exists' } },
  { kind: 'unknown role', plant: () => ({ role: '部長' }), says: invalid('not-allowed', 'role') },
  { kind: 'unknown duty', plant: () => ({ duties: 'システム担当;総務' }), says: invalid('not-allowed', 'duties') },
  {
    kind: 'unknown word for shared',
    plant: () => ({ shared: 'たぶん' }),
    says: invalid('wrong-type', 'shared_mailbox'),
  },
  { kind: 'no such day', plant: () => ({ registered: '2026/2/30' }), says: invalid('invalid-format', 'registered_at') },
  {
    kind: 'Japanese era',
    plant: () => ({ registered: '令和8年4月1日' }),
    says: invalid('invalid-format', 'registered_at'),
  },
  {
    kind: 'number for a day',
    plant: () => ({ registered: '46113' }),
    says: invalid('invalid-format', 'registered_at'),
  },
  {
    kind: 'day to come',
    plant: () => ({ registered: '2199/4/1' }),
    says: { type: 'invalid-value', code: 'in-the-future', field: 'registered_at' },
  },
  {
    kind: 'notice in words',
    plant: () => ({ notice: '最新版' }),
    says: invalid('invalid-format', 'privacy_notice_version'),
  },
  {
    kind: 'control character',
    plant: () => ({ name: '', family: '山\u0007田' }),
    says: invalid('control-character', 'family_name'),
  },
]

/** Every kind of fault. */
export const FAULT_KINDS: readonly FaultKind[] = [...NAMES, ...ADDRESSES, ...OTHERS]
