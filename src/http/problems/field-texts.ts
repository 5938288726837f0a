import { addressWords } from '#http/problems/address-texts.ts'
import { BODY_WORDS } from '#http/problems/body-texts.ts'
import { counted, mostRows } from '#http/problems/counted.ts'
import type { Fault, FaultCode } from '#http/problems/field-errors.ts'
import { formatWords } from '#http/problems/format-texts.ts'
import type { Words } from '#http/problems/language.ts'
import { TARGET_WORDS } from '#http/problems/target-texts.ts'
import { typeWords } from '#http/problems/type-words.ts'

type FieldWords = { [Code in FaultCode]: (fault: Extract<Fault, { code: Code }>) => Words }

// The words of every code. A new code without its words, or with words in one language only, does not compile.
const FIELD_WORDS = {
  'unknown-field': () => ({
    en: 'The API specification has no field or parameter of this name. Check its spelling.',
    ja: 'この名前の項目は、API仕様にありません。項目名をご確認ください。',
  }),
  required: () => ({ en: 'This field is required.', ja: '必須項目です。値を指定してください。' }),
  'one-of': ({ fields }) => ({
    en: `Send exactly one of ${fields.map(quotedEn).join(' and ')}.`,
    ja: `${fields.map(quoted).join('と')}のうち、どちらか1つだけを指定してください。`,
  }),
  invalid: () => ({
    en: 'This value does not fit the API specification.',
    ja: '値がAPI仕様に合っていません。',
  }),
  'wrong-type': ({ types }) => typeWords(types),
  'not-allowed': fault => {
    if ('values' in fault)
      return {
        en: `Must be ${fault.values.map(value => JSON.stringify(value)).join(' or ')}.`,
        ja: `${fault.values.map(quoted).join('、')}のいずれかを指定してください。`,
      }
    if ('tag' in fault)
      return {
        en: `The API specification has no such value of "${fault.tag}".`,
        ja: `${quoted(fault.tag)}の値がAPI仕様にありません。`,
      }
    return fault.only_with === 'csv'
      ? {
          en: 'Only a CSV file can begin with a byte order mark. Omit this parameter.',
          ja: 'BOM(バイト順マーク)を指定できるのは、CSV形式のときだけです。',
        }
      : {
          en: 'This list is sent as a whole, without pages. Omit this parameter.',
          ja: '一覧を一括で取得するときは、ページを指定できません。',
        }
  },
  'other-column': ({ column }) =>
    column === 'role'
      ? {
          en: 'This word is a role, primary or secondary. Write it in the column `role`.',
          ja: '主担当・副担当を表す値です。「区分」(role)の列に記載してください。',
        }
      : {
          en: 'This word is a duty: system, operations or contract. Write it in the column `duties`.',
          ja: '担当する業務を表す値です。「役割」(duties)の列に記載してください。',
        },
  'too-short': ({ limit }) => ({
    en: `Must have at least ${counted(limit, 'character')}.`,
    ja: `${limit}文字以上で指定してください。`,
  }),
  'too-long': fault => {
    if (fault.limit === undefined)
      return { en: 'This text is too long.', ja: '長すぎます。短くして、もう一度お試しください。' }
    return 'unified' in fault
      ? {
          en:
            `A name must have at most ${counted(fault.limit, 'character')}, ` +
            'counted after full-width and half-width forms are unified.',
          ja: `お名前は、全角・半角を統一した後の文字数で${fault.limit}文字以内にしてください。`,
        }
      : {
          en: `Must have at most ${counted(fault.limit, 'character')}.`,
          ja: `${fault.limit}文字以内で指定してください。`,
        }
  },
  'too-few': ({ limit }) => ({
    en: `Must have at least ${counted(limit, 'item')}.`,
    ja: `${limit}件以上を指定してください。`,
  }),
  'too-many': ({ limit }) => ({
    en: `Must have at most ${counted(limit, 'item')}.`,
    ja: `${limit}件以内で指定してください。`,
  }),
  'too-many-rows': ({ limit }) => mostRows(limit),
  'out-of-range': fault =>
    'minimum' in fault
      ? { en: `Must be at least ${fault.minimum}.`, ja: `${fault.minimum}以上の値を指定してください。` }
      : { en: `Must be at most ${fault.maximum}.`, ja: `${fault.maximum}以下の値を指定してください。` },
  'invalid-format': fault => formatWords(fault),
  'invalid-address': fault => addressWords(fault),
  duplicate: () => ({
    en: 'The list has this contact twice. List each contact once.',
    ja: '同じ問い合わせご担当者が一覧に2回記載されています。1回だけ記載してください。',
  }),
  'read-only': () => ({
    en: 'This field is read-only. Omit it, or send the value that you received.',
    ja: 'この項目は変更できません。取得した値のまま送信するか、省略してください。',
  }),
  'in-the-future': () => ({
    en: 'This is in the future. Send a past date or time.',
    ja: '未来の日時は指定できません。現在以前の日時を指定してください。',
  }),
  'in-the-past': () => ({
    en: "This date is in the past (in the vendor's time zone). Omit it to apply the change immediately.",
    ja: '過去の日付は指定できません。すぐに変更を適用する場合は、日付を省略してください。',
  }),
  'person-erased': () => ({
    en: 'The data of a person in this row was erased before its turn. Send the other people of the row again.',
    ja: '処理の前に、この行に含まれる方の個人データが消去されました。他の方は改めて登録してください。',
  }),
  'before-start': () => ({
    en: 'Must not be earlier than `starts_on`.',
    ja: '契約の終了日が開始日より前になっています。日付をご確認ください。',
  }),
  ...TARGET_WORDS,
  'combining-marks': () => ({
    en: 'A letter in a name must have at most four combining marks.',
    ja: '1つの文字に付けられる結合文字は4つまでです。',
  }),
  'differs-from-parts': () => ({
    en: 'The parts of the name say another name. Send the whole name or its parts.',
    ja: '姓・名の欄と異なるお名前です。正しい方に揃えるか、どちらか一方だけを記載してください。',
  }),
  'expired-from-the-start': () => ({
    en: 'The expiry must be later than now. To stop a client immediately, revoke it.',
    ja: '有効期限には、現在より後の日時を指定してください。利用をすぐに止める場合は、失効させてください。',
  }),
  'beyond-lifetime': () => ({
    en: 'The expiry must be at most 366 days from now.',
    ja: '有効期限は、現在から366日以内で指定してください。',
  }),
  'own-request': () => ({
    en: 'Requesters cannot confirm their own request. Ask another person at the customer.',
    ja: '依頼された方ご自身が確認することはできません。お客様企業の別の方に確認してください。',
  }),
  'same-contract': () => ({
    en: 'A contract cannot succeed itself. Send the id of the new contract.',
    ja: '更新前と更新後に同じ契約が指定されています。更新後の契約のIDを指定してください。',
  }),
  'bad-cursor': () => ({
    en:
      'No answer gave this cursor for this list with these filters. Request the first page again, without a cursor; ' +
      'of events, with `latest` or the `Events-Cursor` of a list.',
    ja:
      'このカーソルは、この条件の一覧のものではありません。カーソルを指定せず、先頭から取得してください。' +
      'イベントの場合は、`latest`または一覧の`Events-Cursor`を指定してください。',
  }),
  'nothing-to-search-for': () => ({
    en: 'Say what to search for: a part of a name with at least one letter or digit, an address, a domain or an id.',
    ja: '検索する内容を指定してください。お名前の一部(1文字以上)、メールアドレス、ドメイン、IDのいずれかが必要です。',
  }),
  'unexpected-body': () => ({
    en: 'This operation takes no body. Send the request without one.',
    ja: 'この操作では、リクエストの本文を送信できません。',
  }),
  'content-length': () => ({
    en: 'The body does not have the length that Content-Length gives.',
    ja: '本文の長さが「Content-Length」の値と一致しません。',
  }),
  'ambiguous-head': () => ({
    en: 'Proxies may read this request header in different ways. Send each of these fields once, and well-formed.',
    ja: '途中のプロキシが別の意味に解釈するおそれがあるヘッダーです。各ヘッダーは1回だけ、正しい形式で送信してください。',
  }),
  'host-required': () => ({ en: 'HTTP/1.1 requires a Host header.', ja: 'HTTP/1.1では「Host」ヘッダーが必要です。' }),
  malformed: () => ({ en: 'The service could not read the request.', ja: 'リクエストを読み取れませんでした。' }),
  'malformed-http': () => ({
    en: 'This is not a well-formed HTTP request.',
    ja: 'HTTPリクエストの形式が正しくありません。',
  }),
  'malformed-url': () => ({
    en: 'The percent-encoding of the path is not valid.',
    ja: 'パスのパーセントエンコーディングが正しくありません。',
  }),
  ...BODY_WORDS,
} satisfies FieldWords

export const FAULT_CODES = Object.keys(FIELD_WORDS) as FaultCode[]

/** The text of a fault, in every language. */
export function wordsOf(fault: Fault): Words {
  // TypeScript does not see that the function and the fault belong to the same code.
  return (FIELD_WORDS as Record<FaultCode, (fault: never) => Words>)[fault.code](fault as never)
}

const quotedEn = (value: string): string => `"${value}"`

function quoted(value: unknown): string {
  return `「${String(value)}」`
}
