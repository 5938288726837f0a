import type { Words } from '#http/problems/language.ts'

/** What can be wrong with a body as a whole, before its fields are read. */
export const BODY_WORDS = {
  'no-rows': () => ({
    en: 'The file has no rows. Send a file with at least one.',
    ja: 'ファイルにデータの行がありません。1行以上のファイルを送信してください。',
  }),
  'malformed-json': () => ({ en: 'The body is not valid JSON.', ja: '本文がJSONとして正しくありません。' }),
  'duplicate-key': () => ({
    en: 'An object in the body has the same key twice. Send each key once.',
    ja: '本文のオブジェクトに、同じ項目名が2回記載されています。1回だけ記載してください。',
  }),
  'invalid-utf-8': () => ({
    en: 'The body is not valid UTF-8.',
    ja: '本文の文字コードがUTF-8として正しくありません。',
  }),
  'lone-surrogate': () => ({
    en: 'The text contains half of a surrogate pair: a character was cut in two.',
    ja: '文字が途中で切れています(サロゲートペアの片方だけが含まれています)。',
  }),
  'control-character': () => ({
    en: 'The text contains a control character or a character that changes the writing direction. Remove it.',
    ja: '制御文字または表示方向を変える文字が含まれています。取り除いてください。',
  }),
  'too-deep': ({ limit }: { limit: number }) => ({
    en: `The body must not be nested deeper than ${limit} levels.`,
    ja: `本文の入れ子が深すぎます。${limit}階層以内にしてください。`,
  }),
  'too-many-fields': ({ limit }: { limit: number }) => ({
    en: `An object in the body must have at most ${limit} fields.`,
    ja: `本文のオブジェクトに項目が多すぎます。${limit}個以内にしてください。`,
  }),
} satisfies Record<string, (fault: { limit: number }) => Words>
