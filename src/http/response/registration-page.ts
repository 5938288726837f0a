import { hash } from 'node:crypto'
import type { ContactView } from '#domain/contact.ts'
import type { RegisteredContract, RegistrationSheet } from '#domain/registration-sheet.ts'
import type { Purpose } from '#domain/vocabulary.ts'
import type { Language, Words } from '#http/problems/language.ts'
import { DUTY_WORDS, PURPOSE_WORDS, ROLE_WORDS, SHEET_WORDS, STATE_WORDS } from '#http/response/registration-words.ts'

const STYLE = [
  '@page{size:A4;margin:14mm}',
  'body{font:10.5pt/1.5 "Hiragino Sans","Noto Sans CJK JP","Noto Sans JP","Yu Gothic",Meiryo,sans-serif;color:#111;' +
    'max-width:182mm;margin:0 auto;padding:1em}',
  'h1{font-size:15pt;margin:0 0 .4em}',
  'dl{display:grid;grid-template-columns:max-content 1fr;gap:.1em 1em;margin:0 0 1em}',
  'dt{color:#555}dd{margin:0;overflow-wrap:anywhere}',
  'section{break-inside:avoid-page;margin:0 0 1.1em}',
  'h2{font-size:11.5pt;margin:0;border-bottom:1.5pt solid #111;display:flex;justify-content:space-between;gap:1em}',
  'p{margin:.2em 0}',
  'table{border-collapse:collapse;width:100%;table-layout:fixed;font-size:9.5pt}',
  'th,td{text-align:left;vertical-align:top;padding:.15em .4em;border-bottom:.4pt solid #999;overflow-wrap:anywhere}',
  'th{font-weight:600;color:#555}',
  'thead{display:table-header-group}tr{break-inside:avoid}',
  'col.role{width:13%}col.duties{width:20%}col.name{width:22%}col.email{width:31%}col.day{width:14%}',
  '.over{font-weight:600}',
  '@media print{body{padding:0}}',
].join('')

/** The page loads nothing and runs nothing; its one style sheet is known by its digest. */
export const REGISTRATION_PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${hash('sha256', STYLE, 'base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join(';')

export type PrintedSheet = RegistrationSheet & { purpose: Purpose }

/** The day of a moment, in the vendor's time zone. */
type DayOf = (moment: string) => string

/** A sheet as a page to print on A4, in one language. */
export function registrationPage(sheet: PrintedSheet, language: Language, dayOf: DayOf): string {
  const say = (words: Words): string => words[language]
  const facts: [Words, string][] = [
    [SHEET_WORDS.customer, sheet.customer_name],
    [SHEET_WORDS.customer_id, sheet.customer_id],
    [SHEET_WORDS.as_of, dayOf(sheet.as_of)],
    [SHEET_WORDS.purpose, say(PURPOSE_WORDS[sheet.purpose])],
  ]
  return [
    '<!doctype html>',
    `<html lang="${language}">`,
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${say(SHEET_WORDS.title)}</title>`,
    `<style>${STYLE}</style>`,
    `<h1>${say(SHEET_WORDS.title)}</h1>`,
    `<dl>${facts.map(([term, value]) => `<dt>${say(term)}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>`,
    ...sheet.contracts.map(contract => contractSection(contract, say, dayOf)),
    ...(sheet.contracts.length === 0 ? [`<p>${say(SHEET_WORDS.no_contracts)}</p>`] : []),
    '</html>',
    '',
  ].join('\n')
}

type Say = (words: Words) => string

function contractSection({ contract, product_name, contacts }: RegisteredContract, say: Say, dayOf: DayOf): string {
  const { contract_id, starts_on, ends_on, state, seats } = contract
  const over = seats.over > 0 ? ` <span class="over">(${say(SHEET_WORDS.over)}: ${seats.over})</span>` : ''
  return [
    '<section>',
    `<h2><span>${escaped(product_name)}</span><span>${say(SHEET_WORDS.contract)}: ${escaped(contract_id)}</span></h2>`,
    `<p>${say(SHEET_WORDS.term)}: ${starts_on} – ${ends_on ?? say(SHEET_WORDS.open_end)} (${say(STATE_WORDS[state])})`,
    `<br>${say(SHEET_WORDS.seats)}: ${seats.used} ${say(SHEET_WORDS.seats_of)} ${seats.limit}${over}</p>`,
    contacts.length === 0 ? `<p>${say(SHEET_WORDS.none)}</p>` : contactTable(contacts, say, dayOf),
    '</section>',
  ].join('\n')
}

function contactTable(contacts: readonly ContactView[], say: Say, dayOf: DayOf): string {
  const { role, duties, name, email, registered_on } = SHEET_WORDS
  const heads = [role, duties, name, email, registered_on].map(words => `<th scope="col">${say(words)}</th>`)
  return [
    '<table><colgroup><col class="role"><col class="duties"><col class="name"><col class="email"><col class="day">',
    `</colgroup><thead><tr>${heads.join('')}</tr></thead><tbody>`,
    ...contacts.map(contact => contactRow(contact, say, dayOf)),
    '</tbody></table>',
  ].join('\n')
}

function contactRow({ role, duties, name, email, registered_at }: ContactView, say: Say, dayOf: DayOf): string {
  const cells = [
    say(ROLE_WORDS[role]),
    duties.map(duty => say(DUTY_WORDS[duty])).join(', '),
    name,
    email,
    dayOf(registered_at),
  ]
  return `<tr>${cells.map(cell => `<td>${escaped(cell)}</td>`).join('')}</tr>`
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A text as HTML shows it: nothing in it is markup. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, letter => ESCAPES[letter] ?? letter)
}
