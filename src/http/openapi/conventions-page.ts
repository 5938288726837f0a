import { hash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parse } from 'marked'
import { EVENT_TYPES, scopeOfEvent, type EventType } from '#domain/history/event-types.ts'
import { PROBLEM_TYPES } from '#http/problems/problem-types.ts'
import { EVENT_MEANINGS } from '#http/schemas/history/event-meanings.ts'
import { contactExamples } from '#http/schemas/rosters/contact-examples.ts'
import { contractExamples } from '#http/schemas/contracts/contracts.ts'
import { customerExamples } from '#http/schemas/contracts/customers.ts'
import { CUSTOMER_ID, TOUR_CONTRACT_ID } from '#http/schemas/examples.ts'

const TEXT = readFileSync(new URL('conventions.md', import.meta.url), 'utf8')
const STYLE =
  'body{max-width:50em;margin:2em auto;padding:0 1em;font:16px/1.6 system-ui,sans-serif}' +
  'pre{overflow-x:auto;padding:1em;background:#f4f4f4}td,th{padding:.2em .8em .2em 0;text-align:left}'

/** The page loads nothing and runs nothing; its one style sheet is known by its digest. */
export const CONVENTIONS_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${hash('sha256', STYLE, 'base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join(';')

/** The page of conventions: conventions.md, with what the code knows filled in. */
export function conventionsPage(): string {
  const markdown = TEXT.replace('{{first calls}}', firstCalls)
    .replace('{{problems}}', problemTable)
    .replace('{{events}}', eventRows)
    .replace('{{follow contacts}}', () => program('follow-contacts.mjs'))
    .replace('{{webhook receiver}}', () => program('webhook-receiver.mjs'))
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<title>Conventions of the Madoguchi API</title>',
    `<style>${STYLE}</style>`,
    parse(markdown, { async: false }),
  ].join('\n')
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

function eventRows(): string {
  return EVENT_TYPES.map(
    type => `| \`${type}\` | ${EVENT_MEANINGS[type as EventType]} | \`${scopeOfEvent(type)}\` |`,
  ).join('\n')
}

/** A program that a test runs, as a block of code. */
function program(file: string): string {
  return ['```js', readFileSync(new URL(file, import.meta.url), 'utf8').trimEnd(), '```'].join('\n')
}

function problemTable(): string {
  const rows = Object.entries(PROBLEM_TYPES).map(
    ([type, { status, title }]) => `| [\`/problems/${type}\`](/problems/${type}) | ${status} | ${title.en} |`,
  )
  return ['| type | status | when |', '| --- | --- | --- |', ...rows].join('\n')
}
