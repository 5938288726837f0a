import type { ContactView } from '#domain/contact.ts'
import type { RegisteredContract, RegistrationSheet } from '#domain/contracts/registration-sheet.ts'
import type { Purpose } from '#domain/vocabulary.ts'
import type { Language, Words } from '#http/problems/language.ts'
import { printedPage } from '#http/response/printed-page.ts'
import { escaped } from '#http/response/escaped.ts'
import {
  DUTY_WORDS,
  PURPOSE_WORDS,
  ROLE_WORDS,
  SHEET_WORDS,
  STATE_WORDS,
} from '#http/response/contracts/registration-words.ts'

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
  return printedPage(say(SHEET_WORDS.title), language, [
    `<dl>${facts.map(([term, value]) => `<dt>${say(term)}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>`,
    ...sheet.contracts.map(contract => contractSection(contract, say, dayOf)),
    ...(sheet.contracts.length === 0 ? [`<p>${say(SHEET_WORDS.no_contracts)}</p>`] : []),
  ])
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
