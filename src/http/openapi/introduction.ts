import { readFileSync } from 'node:fs'
import { PROBLEM_TYPES } from '#http/problems/problem-types.ts'
import { contactExamples } from '#http/schemas/contact-examples.ts'
import { contractExamples } from '#http/schemas/contracts.ts'
import { customerExamples } from '#http/schemas/customers.ts'
import { CUSTOMER_ID, TOUR_CONTRACT_ID } from '#http/schemas/examples.ts'

const TEXT = readFileSync(new URL('introduction.md', import.meta.url), 'utf8').trimEnd()

/** The introduction of the published document: introduction.md, with the lists that the code holds filled in. */
export function introduction(): string {
  return withoutSoftBreaks(TEXT).replace('{{first calls}}', firstCalls).replace('{{problems}}', problemTable)
}

/** Joins the lines of each paragraph and list item: Swagger UI would show the line breaks. */
function withoutSoftBreaks(markdown: string): string {
  return markdown.replaceAll(/(?<=[^\n])\n *(?=[^\s#\-|{])/g, ' ')
}

function firstCalls(): string {
  return [
    '```sh',
    'export KEY=the-printed-key API=http://127.0.0.1:3000',
    curl('PUT', `/v1/customers/${CUSTOMER_ID}`, customerExamples.input.company.value),
    curl('PUT', `/v1/contracts/${TOUR_CONTRACT_ID}`, contractExamples.input.manage_ac.value),
    curl('POST', `/v1/contracts/${TOUR_CONTRACT_ID}/contacts`, contactExamples.input.primary.value),
    '```',
  ].join('\n')
}

function curl(method: string, path: string, body: object): string {
  const headers = `-H "Authorization: Bearer $KEY" -H 'Content-Type: application/json'`
  return `curl -X ${method} $API${path} ${headers} \\\n  -d '${JSON.stringify(body)}'`
}

function problemTable(): string {
  const rows = Object.entries(PROBLEM_TYPES).map(
    ([type, { status, title }]) => `| \`/problems/${type}\` | ${status} | ${title.en} |`,
  )
  return ['| type | status | when |', '| --- | --- | --- |', ...rows].join('\n')
}
