import type { FieldError } from '#http/problems/field-errors.ts'
import { placedWords } from '#http/problems/field-labels.ts'
import { wordsOf } from '#http/problems/field-texts.ts'
import type { Words } from '#http/problems/language.ts'
import { nextCall } from '#http/problems/next-call.ts'
import { MOST_LISTED } from '#http/problems/listed.ts'
import type { DescribedError, Description, Descriptions } from '#http/problems/problem-description.ts'

/** Requests that do not fit the protocol or the published document. */
export const PROTOCOL_DESCRIPTIONS = {
  'invalid-request': ({ errors }) => placesDescription(errors),
  'invalid-value': ({ errors }) => placesDescription(errors),
  'method-not-allowed': ({ allow }) => ({
    detail: {
      en: `This path supports ${allow.join(', ')}.`,
      ja: `このパスで使用できるメソッドは「${allow.join('」「')}」です。`,
    },
    allow,
  }),
  'not-acceptable': ({ media_types }) => ({
    detail: {
      en: `This path can answer with ${media_types.join(' or ')}.`,
      ja: `このパスは「${media_types.join('」または「')}」の形式で応答します。`,
    },
  }),
  'cursor-expired': () => ({
    detail: {
      en: 'The events after this cursor are no longer kept.',
      ja: 'このカーソル以降のイベントは、保存期間を過ぎています。',
    },
    next: nextCall('GET', '/v1/contracts', {
      en: 'its first page has the `Events-Cursor` after which to go on',
      ja: '最初のページの`Events-Cursor`から、イベントの取得を再開できます',
    }),
  }),
  'request-timeout': () => ({
    detail: { en: 'The complete request did not arrive in time.', ja: 'リクエスト全体が時間内に届きませんでした。' },
  }),
  'precondition-required': () => ({
    detail: {
      en: 'Send the ETag of the roster that your list is based on, as If-Match.',
      ja: 'もとにした一覧の「ETag」の値を、「If-Match」ヘッダーで送信してください。',
    },
  }),
  'precondition-failed': ({ current_etag }) => ({
    detail:
      current_etag === null
        ? {
            en: 'The resource does not exist yet, so If-Match cannot be met.',
            ja: 'まだ登録されていないため、「If-Match」の条件を満たせません。',
          }
        : {
            en: 'The present data does not meet the condition of the request.',
            ja: '現在の登録内容が、指定された条件を満たしていません。',
          },
    current_etag,
  }),
  'idempotency-key-in-use': () => ({
    detail: {
      en: 'A request with this Idempotency-Key is still in progress.',
      ja: '同じ「Idempotency-Key」のリクエストを処理しています。',
    },
  }),
  'idempotency-key-reused': () => ({
    detail: {
      en: 'This Idempotency-Key was used for another request.',
      ja: 'この「Idempotency-Key」は、別の内容のリクエストで使用されています。',
    },
  }),
  'payload-too-large': ({ limit_bytes }) => ({
    detail: {
      en: `The body is larger than ${limit_bytes} bytes.`,
      ja: `本文が大きすぎます。${limit_bytes}バイト以内にしてください。`,
    },
    limit_bytes,
  }),
  'unsupported-media-type': ({ media_types }) => ({
    detail: {
      en: `Send the body as ${media_types.join(' or ')}, in UTF-8 and not compressed.`,
      ja: `本文は「${media_types.join('」または「')}」の形式、文字コードUTF-8で、圧縮せずに送信してください。`,
    },
  }),
  'uri-too-long': ({ limit_bytes }) => ({
    detail: { en: `The URL is longer than ${limit_bytes} bytes.`, ja: `URLが${limit_bytes}バイトを超えています。` },
    limit_bytes,
  }),
  'header-fields-too-large': ({ most_fields }) => ({
    detail:
      most_fields === undefined
        ? { en: 'The request line and the header fields are too large.', ja: 'リクエスト行とヘッダーが大きすぎます。' }
        : {
            en: `The request has more than ${most_fields} header fields.`,
            ja: `ヘッダーが${most_fields}個を超えています。`,
          },
  }),
} satisfies Descriptions<
  | 'invalid-request'
  | 'invalid-value'
  | 'method-not-allowed'
  | 'not-acceptable'
  | 'request-timeout'
  | 'precondition-required'
  | 'precondition-failed'
  | 'idempotency-key-in-use'
  | 'idempotency-key-reused'
  | 'payload-too-large'
  | 'unsupported-media-type'
  | 'cursor-expired'
  | 'uri-too-long'
  | 'header-fields-too-large'
>

/** Everything in the request that does not fit: one mistake in words, several by their number. */
function placesDescription(errors: readonly FieldError[]): Description {
  const described = errors.slice(0, MOST_LISTED).map(describedError)
  const [first, ...others] = described
  return {
    detail:
      first !== undefined && others.length === 0
        ? placedWords(first.pointer, first.detail)
        : countedPlaces(errors.length),
    errors: described,
  }
}

function countedPlaces(count: number): Words {
  if (count > MOST_LISTED)
    return {
      en: `The request has more than ${MOST_LISTED} errors against the API specification. "errors" lists the first.`,
      ja: `リクエストの${MOST_LISTED}か所を超える部分が、API仕様に合っていません。先頭から${MOST_LISTED}か所を「errors」に記載しています。`,
    }
  return {
    en: `The request does not fit the API specification in ${count} places. "errors" lists them.`,
    ja: `リクエストの${count}か所がAPI仕様に合っていません。「errors」をご確認ください。`,
  }
}

function describedError({ in: part = 'body', pointer, line, ...fault }: FieldError): DescribedError {
  const detail = wordsOf(fault)
  if (line === undefined) return { in: part, pointer, code: fault.code, detail }
  return { in: part, pointer, line, code: fault.code, detail: onLine(line, detail) }
}

function onLine(line: number, { en, ja }: Words): Words {
  return { en: `Line ${line}: ${en}`, ja: `${line}行目: ${ja}` }
}
