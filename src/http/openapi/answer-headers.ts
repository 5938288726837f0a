import { CONTACT_ID, ENTITY_TAG, REQUEST_ID } from '#http/schemas/examples.ts'

type DocumentedHeader = { description: string; schema: { type: 'integer' | 'string' }; example: string | number }

/** The header fields that answers are documented with: the document has each once, under `components/headers`. */
export const ANSWER_HEADERS = {
  'Content-Language': text(
    'The language of the texts for people in the answer, `en` or `ja`, as `Accept-Language` chose.',
    'en',
  ),
  'Content-Disposition': text(
    'The name of the file, if the answer is a file.',
    'attachment; filename="notice-recipients-product_information-2026-04-01.csv"',
  ),
  Deprecation: text('Since when the operation is deprecated (RFC 9745), in seconds since 1970.', '@1767225600'),
  ETag: text(
    'The strong entity tag of the representation: send it as `If-Match` to change the resource only if it has ' +
      'not changed since, or as `If-None-Match` to read it only if it has changed.',
    ENTITY_TAG,
  ),
  'Events-Cursor': text(
    'The `after` of `GET /v1/events` that gives what changed since this list was read: read all pages of the list, ' +
      'then the events after the cursor of its first page. Events that the list shows already may come again.',
    '2048',
  ),
  'Idempotent-Replayed': text(
    '`true` if this is a repeat of the first answer to the same `Idempotency-Key`; else absent.',
    'true',
  ),
  Link: text(
    'The next page as `<…>; rel="next"` (RFC 8288); absent on the last page.',
    '</v1/contacts?limit=50&cursor=WyJbXC>; rel="next"',
  ),
  Location: text('Where the new resource is: a path on this service.', `/v1/contacts/${CONTACT_ID}`),
  RateLimit: text(
    'How many requests are left under the policy (`r`), and seconds until the quota resets (`t`).',
    '"default";r=599958;t=42',
  ),
  'RateLimit-Policy': text(
    'The policy that the request counts against, its quota of requests (`q`), and its window in seconds (`w`): ' +
      '`default` for a client with a key, `anonymous` for an IP address without a key.',
    '"default";q=600000;w=60',
  ),
  'Request-Id': text(
    'The id of the request: yours if you sent a well-formed `Request-Id`, else a new one. Give it in error ' +
      'reports.',
    REQUEST_ID,
  ),
  'Retry-After': { description: 'After how many seconds to retry.', schema: { type: 'integer' }, example: 2 },
  Sunset: text('Until when the operation answers (RFC 8594).', 'Thu, 31 Dec 2026 00:00:00 GMT'),
  'WWW-Authenticate': text(
    'The expected scheme: `Bearer`; with `error="invalid_token"` if the credential that was sent is not valid.',
    'Bearer realm="madoguchi"',
  ),
} as const satisfies Record<string, DocumentedHeader>

export type AnswerHeader = keyof typeof ANSWER_HEADERS

/** The further header fields of problems, by status. */
export const HEADERS_OF_STATUS: Record<number, readonly AnswerHeader[]> = {
  401: ['WWW-Authenticate'],
  429: ['Retry-After'],
  503: ['Retry-After'],
}

function text(description: string, example: string): DocumentedHeader {
  return { description, schema: { type: 'string' }, example }
}
