import { PROBLEM_TYPES } from '#http/problems/problem-types.ts'
import { contactExamples } from '#http/schemas/contact-examples.ts'
import { contractExamples } from '#http/schemas/contracts.ts'
import { customerExamples } from '#http/schemas/customers.ts'
import { CONTRACT_ID, CUSTOMER_ID } from '#http/schemas/examples.ts'

/** What the published document says before its operations. */
export function introduction(): string {
  return `Madoguchi (窓口) keeps the list of a business-software vendor's authorised support contacts (問い合わせご担当者): who may ask support for help, for which contract, within how many seats. Support operators change it, the CRM and billing feed it, the help desk and the mail gateway ask it.

## Getting started

Start the service; it prints an API key. Then feed a customer, a contract and its first contact:

\`\`\`sh
export KEY=the-printed-key API=http://127.0.0.1:3000
${curl('PUT', `/v1/customers/${CUSTOMER_ID}`, customerExamples.input.company.value)}
${curl('PUT', `/v1/contracts/${CONTRACT_ID}`, contractExamples.input.manage_ac.value)}
${curl('POST', `/v1/contracts/${CONTRACT_ID}/contacts`, contactExamples.input.primary.value)}
\`\`\`

## Conventions

- **Who calls**: every request below \`/v1\` shows a credential as \`Authorization: Bearer …\`, an API key or, where the service takes them, an access token of the company's identity provider. What a client may do is a set of scopes; each operation names the one that it needs. \`POST /v1/api-clients\` gives each system a key of its own, that may do no more than it has to; keys are rotated with an overlap and revoked at once.
- **JSON in UTF-8**, \`snake_case\`. Times are RFC 3339 in UTC, days \`YYYY-MM-DD\`. Customers, contracts, products and apps keep the id that their master gave them; contacts and accounts are born here and have UUIDv7 ids.
- **Requests are closed**: an unknown field or query parameter is refused, nothing is coerced, and every mistake of a body, or of the parameters, is reported at once. Text may be in any script; NUL, control characters, lone surrogates and bidirectional overrides are refused. Names are trimmed and their width forms unified (NFKC, kanji as written); everything else is kept as it was sent.
- **Lists** answer \`{ "items": […], "next_cursor": … }\` in a stable order; send \`next_cursor\` back as \`cursor\`, or follow \`Link: rel="next"\`. \`limit\` is 50 unless you say, 200 at most.
- **Entity tags**: whatever can be read has a strong \`ETag\`, lists too. \`If-None-Match\` on a read answers 304 while nothing changed; \`If-Match\` on PUT, PATCH and DELETE refuses the change with 412 if something did; \`If-None-Match: *\` on PUT only creates. A whole roster is replaced only with \`If-Match\` (428 without).
- **Plans before changes**: \`POST …/roster/plan\`, and every open change request, show what would happen: who comes, changes and goes, roles, accounts, seats, and everything that stands in the way. The rules are judged on the final state, so the order of steps does not matter.
- **Sender checks**: a refused sender is an answer, not an error: 200 with \`authorised: false\`, the reason, a text to send back, and with whom to confirm.
- **The past**: \`as_of\` on a contract, its contacts and its roster answers what was answered at that moment; history says what changed, when, by which client, asked by whom.
- **Repeating safely**: PUT may be repeated as it is. A POST that creates or decides something takes an \`Idempotency-Key\`: a repeat within 24 hours gets the first answer again with \`Idempotent-Replayed: true\`.
- **Caching**: answers about people say \`Cache-Control: private, no-store\`; others may be kept by the caller and asked for again with their entity tag.
- **Limits**: a client may ask so many times a minute (\`RateLimit-Policy: "default"\`), an address without a valid key so many (\`"anonymous"\`); \`RateLimit\` on every answer says how many are left (\`r\`) and for how many seconds (\`t\`), and 429 comes with \`Retry-After\`. A body has at most 1 MB, a URL 8,192 bytes (414), the head of a request 16 KB and 100 fields (431); a request has to arrive within 30 seconds, its head within 10 (408). Under pressure the service answers 503 with \`Retry-After\`. Health and readiness are not counted.
- **Request ids**: every answer has a \`Request-Id\`; yours is taken up if it is well formed (1–64 of \`A-Z a-z 0-9 . _ : + / = -\`). \`traceparent\` joins our log to your trace.

## Errors

Every error is a problem document (RFC 9457, \`application/problem+json\`). Where a whole list was asked for, or several things stand in the way, \`problems\` names all of them, each with pointers into the request and what would put it right. Its \`type\` is stable and answers, under that path, with what it means and what to do; titles and details are for people and may change. Each operation lists the problems that it can answer with; its \`default\` stands for those that any path may answer with: 408, 414, 431 and, should the service itself fail, 500. A path that is not in this document answers 404, a method that a path does not know 405 with \`Allow\`.

| type | status | when |
| --- | --- | --- |
${Object.entries(PROBLEM_TYPES)
  .map(([type, { status, title }]) => `| \`/problems/${type}\` | ${status} | ${title.en} |`)
  .join('\n')}

## Languages

What is written for people (the \`title\`, \`detail\` and \`remedy\` of problems, what is said of a field, why a next call helps, and the pages of \`/problems\`) comes in English or Japanese, as \`Accept-Language\` asks (RFC 9110 §12.5.4: \`ja\`, \`ja-JP\`, weights); English where it asks for neither. \`Content-Language\` says which it is, \`Vary\` that there is another, and an answer in another language has another \`ETag\`. Nothing that a program reads depends on the language: \`type\`, \`code\`, pointers and ids are the same, and so is the \`ETag\` that \`If-Match\` takes. What a repeat under its \`Idempotency-Key\` or a change request that failed has to say is told in the language of whoever asks now. A sender check gives the text to send back in both languages at once. This document is in English, with the vendor's own terms (問い合わせご担当者, 主担当, 登録可能人数 …) beside.

## What may change without notice

Answers may gain fields, headers, links and problem types; lists of values in answers (marked \`x-extensible-enum\`) may gain values; requests may gain optional fields; texts for people may change. Ignore what you do not know. Nothing else changes within \`/v1\`: a field never loses or changes its meaning, a request that is accepted stays accepted, and \`type\`, \`code\` and ids stay as they are.`
}

function curl(method: string, path: string, body: object): string {
  return `curl -X ${method} $API${path} -H "Authorization: Bearer $KEY" -H 'Content-Type: application/json' \\\n  -d '${JSON.stringify(body)}'`
}
