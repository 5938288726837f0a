import { addressWords } from '#http/problems/address-texts.ts'
import type { Fault, FaultCode } from '#http/problems/field-errors.ts'
import type { Words } from '#http/problems/language.ts'

type FieldWords = { [Code in FaultCode]: (fault: Extract<Fault, { code: Code }>) => Words }

// The words of every code. A new code without its words, or with words in one language only, does not compile.
const FIELD_WORDS = {
  'unknown-field': () => ({
    en: 'The contract does not know this field.',
    ja: 'この項目はAPI仕様にありません。項目名をご確認ください。',
  }),
  required: () => ({ en: 'This field is required.', ja: '必須項目です。値を指定してください。' }),
  'one-of': () => ({
    en: 'Exactly one of the alternatives has to be given.',
    ja: '選択肢のうち、いずれか1つだけを指定してください。',
  }),
  invalid: () => ({ en: 'This does not fit the contract.', ja: '値がAPI仕様に合っていません。' }),
  'wrong-type': ({ types }) => ({
    en: `This has to be ${types.join(' or ')}.`,
    ja: `${types.map(type => TYPES_JA[type] ?? quoted(type)).join('または')}で指定してください。`,
  }),
  'not-allowed': fault => {
    if ('values' in fault)
      return {
        en: `This has to be ${fault.values.map(String).join(' or ')}.`,
        ja: `${fault.values.map(quoted).join('、')}のいずれかを指定してください。`,
      }
    if ('tag' in fault)
      return {
        en: `The contract does not know this ${fault.tag}.`,
        ja: `${quoted(fault.tag)}の値がAPI仕様にありません。`,
      }
    return fault.only_with === 'csv'
      ? {
          en: 'Only a CSV file has a byte order mark.',
          ja: 'BOM(バイト順マーク)を指定できるのは、CSV形式のときだけです。',
        }
      : { en: 'A whole list has no pages.', ja: '一覧を一括で取得するときは、ページを指定できません。' }
  },
  'too-short': ({ limit }) => ({
    en: `This has at least ${limit} characters.`,
    ja: `${limit}文字以上で指定してください。`,
  }),
  'too-long': fault => {
    if (fault.limit === undefined)
      return { en: 'This is too long.', ja: '長すぎます。短くして、もう一度お試しください。' }
    return 'unified' in fault
      ? {
          en: `A name has at most ${fault.limit} characters once its width forms are unified.`,
          ja: `お名前は、全角・半角を統一した後の文字数で${fault.limit}文字以内にしてください。`,
        }
      : { en: `This has at most ${fault.limit} characters.`, ja: `${fault.limit}文字以内で指定してください。` }
  },
  'too-few': ({ limit }) => ({ en: `This has at least ${limit} items.`, ja: `${limit}件以上を指定してください。` }),
  'too-many': ({ limit }) => ({ en: `This has at most ${limit} items.`, ja: `${limit}件以内で指定してください。` }),
  'out-of-range': fault =>
    'minimum' in fault
      ? { en: `This is at least ${fault.minimum}.`, ja: `${fault.minimum}以上の値を指定してください。` }
      : { en: `This is at most ${fault.maximum}.`, ja: `${fault.maximum}以下の値を指定してください。` },
  'invalid-format': fault => {
    if ('pattern' in fault)
      return {
        en: `This does not match ${fault.pattern}.`,
        ja: `${quoted(fault.pattern)}に一致する形式で指定してください。`,
      }
    if ('format' in fault && fault.format === 'date-time') return MOMENT_WORDS
    if ('format' in fault)
      return {
        en: `This is not a valid ${fault.format}.`,
        ja: `${FORMATS_JA[fault.format] ?? quoted(fault.format)}の形式で、正しい値を指定してください。`,
      }
    return {
      en: `${fault.entity_tags_of} is "*" or a list of entity tags, each in double quotes.`,
      ja: `${quoted(fault.entity_tags_of)}には、${quoted('*')}または二重引用符で囲んだエンティティタグの一覧を指定してください。`,
    }
  },
  'invalid-address': fault => addressWords(fault),
  duplicate: () => ({
    en: 'The list holds this contact twice.',
    ja: '同じ問い合わせご担当者が一覧に2回記載されています。1回だけ記載してください。',
  }),
  'read-only': () => ({
    en: "This is the registry's own: send it back as it was answered, or leave it out.",
    ja: 'この項目は変更できません。取得した値のまま送信するか、省略してください。',
  }),
  'in-the-future': () => ({
    en: 'This is in the future. Send a day or a moment that has come.',
    ja: '未来の日時は指定できません。現在以前の日時を指定してください。',
  }),
  'in-the-past': () => ({
    en: "This day has passed, in the vendor's time zone. Leave it out to have the change applied at once.",
    ja: '過去の日付は指定できません。すぐに変更を適用する場合は、日付を省略してください。',
  }),
  'before-start': () => ({
    en: 'The last day is before the first.',
    ja: '契約の終了日が開始日より前になっています。日付をご確認ください。',
  }),
  'combining-marks': () => ({
    en: 'A letter of a name has at most four combining marks.',
    ja: '一つの文字に付けられる結合文字は4つまでです。',
  }),
  'expired-from-the-start': () => ({
    en: 'A client cannot have expired from the start. Revoke it instead.',
    ja: '期限がすでに過ぎているクライアントにはできません。利用を止める場合は失効させてください。',
  }),
  'beyond-lifetime': () => ({
    en: 'A client ends 366 days from now at the latest.',
    ja: '期限は、現在から366日以内で指定してください。',
  }),
  'invalid-ip-range': () => ({
    en: 'This is neither an IPv4 nor an IPv6 address, nor a range of them in CIDR notation.',
    ja: 'IPv4・IPv6アドレス、またはCIDR表記のアドレス範囲を指定してください。',
  }),
  'bad-cursor': () => ({
    en: 'This cursor does not belong to this list with these filters. Start without one.',
    ja: 'このカーソルは、この条件の一覧のものではありません。カーソルを指定せず、先頭から取得してください。',
  }),
  'unexpected-body': () => ({
    en: 'This operation takes no body.',
    ja: 'この操作では、リクエストの本文を送信できません。',
  }),
  'content-length': () => ({
    en: 'The body is not as long as Content-Length says.',
    ja: '本文の長さが「Content-Length」の値と一致しません。',
  }),
  'ambiguous-head': () => ({
    en: 'A proxy might read this head in another way: send each of these fields once, and well-formed.',
    ja: '途中のプロキシが別の意味に解釈するおそれがあるヘッダーです。各ヘッダーは1回だけ、正しい形式で送信してください。',
  }),
  'host-required': () => ({ en: 'HTTP/1.1 demands a Host header.', ja: 'HTTP/1.1では「Host」ヘッダーが必要です。' }),
  malformed: () => ({ en: 'The request cannot be read.', ja: 'リクエストを読み取れませんでした。' }),
  'malformed-http': () => ({
    en: 'This is not a well-formed HTTP request.',
    ja: 'HTTPリクエストの形式が正しくありません。',
  }),
  'malformed-url': () => ({
    en: 'The path is not validly percent-encoded.',
    ja: 'パスのパーセントエンコーディングが正しくありません。',
  }),
  'malformed-json': () => ({ en: 'The body is not JSON.', ja: '本文がJSONとして正しくありません。' }),
  'duplicate-key': () => ({
    en: 'An object in the body has the same key twice.',
    ja: '本文のオブジェクトに、同じ項目名が2回記載されています。',
  }),
  'invalid-utf-8': () => ({
    en: 'The body is not valid UTF-8.',
    ja: '本文の文字コードがUTF-8として正しくありません。',
  }),
  'lone-surrogate': () => ({
    en: 'The text holds half of a surrogate pair.',
    ja: '文字が途中で切れています(サロゲートペアの片方だけが含まれています)。',
  }),
  'control-character': () => ({
    en: 'The text holds a control character or a bidirectional override.',
    ja: '制御文字または表示方向を変える文字が含まれています。取り除いてください。',
  }),
  'too-deep': ({ limit }) => ({
    en: `The body is nested deeper than ${limit} levels.`,
    ja: `本文の入れ子が深すぎます。${limit}階層以内にしてください。`,
  }),
  'too-many-fields': ({ limit }) => ({
    en: `An object in the body has more than ${limit} fields.`,
    ja: `本文のオブジェクトに項目が多すぎます。${limit}個以内にしてください。`,
  }),
} satisfies FieldWords

export const FAULT_CODES = Object.keys(FIELD_WORDS) as FaultCode[]

/** The text of a fault, in every language. */
export function wordsOf(fault: Fault): Words {
  // TypeScript does not see that the function and the fault belong to the same code.
  return (FIELD_WORDS as Record<string, (fault: never) => Words>)[fault.code]!(fault as never)
}

const TYPES_JA: Record<string, string> = {
  array: '配列',
  boolean: '真偽値(「true」か「false」)',
  integer: '整数',
  null: '「null」',
  number: '数値',
  object: 'オブジェクト',
  string: '文字列',
}

const FORMATS_JA: Record<string, string> = { date: '日付(YYYY-MM-DD)', uuid: 'UUID' }

const MOMENT_WORDS = {
  en: 'This is not a moment as RFC 3339 writes it: 2026-04-01T09:00:00+09:00, with a colon in the offset, or with Z.',
  ja: '日時は、「2026-04-01T09:00:00+09:00」のように、時差をコロン付きまたは「Z」で示したRFC 3339の形式で指定してください。',
}

function quoted(value: unknown): string {
  return `「${String(value)}」`
}
