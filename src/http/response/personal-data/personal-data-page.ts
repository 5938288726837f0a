import type { PersonalDataReport } from '#domain/personal-data/personal-data-report.ts'
import type { Language, Words } from '#http/problems/language.ts'
import { eventText, heldText, type Day, type Say } from '#http/response/personal-data/held-text.ts'
import { DATA_WORDS } from '#http/response/personal-data/personal-data-words.ts'
import { CHANNEL_WORDS, RELATION_WORDS } from '#http/response/personal-data/event-words.ts'
import { printedPage } from '#http/response/printed-page.ts'
import { escaped } from '#http/response/escaped.ts'
import { PURPOSE_WORDS, ROLE_WORDS } from '#http/response/contracts/registration-words.ts'

/** The day of a moment, in the vendor's time zone. */
type DayOf = (moment: string) => string

type Cell = string | number | null
/** One table of the page: its title, its columns, and its rows. */
type Section = { title: Words; columns: readonly Words[]; rows: readonly (readonly Cell[])[] }

/** A report as a page to print on A4, in one language, to hand to the person (R33). */
export function personalDataPage(report: PersonalDataReport, language: Language, dayOf: DayOf): string {
  const say = (words: Words): string => words[language]
  const day = (moment: string | null): string | null => (moment === null ? null : dayOf(moment))
  const facts: [Words, string][] = [
    [DATA_WORDS.reported, dayOf(report.reported_at)],
    [
      DATA_WORDS.purposes,
      Object.values(PURPOSE_WORDS)
        .map(say)
        .join(language === 'ja' ? '、' : '; '),
    ],
  ]
  return printedPage(say(DATA_WORDS.title), language, [
    `<dl>${facts.map(([term, value]) => `<dt>${say(term)}</dt><dd>${escaped(value)}</dd>`).join('')}</dl>`,
    ...[
      contacts(report, say, day),
      accounts(report, day),
      requests(report, say, day),
      history(report, say, day),
      disclosures(report, say, day),
      deliveries(report, day),
      importRows(report, say, day),
      keptAnswers(report, day),
    ].map(section => sectionHtml(section, say)),
  ])
}

function contacts(report: PersonalDataReport, say: Say, day: Day): Section {
  const { contract, role, name, email, registered, removed, notice } = DATA_WORDS
  return {
    title: DATA_WORDS.contacts,
    columns: [contract, role, name, email, registered, removed, notice],
    rows: report.contacts.map(contact => [
      contact.contract_id,
      say(ROLE_WORDS[contact.role]),
      contact.name,
      contact.email,
      day(contact.registered_at),
      day(contact.removed_at),
      contact.privacy_notice_version,
    ]),
  }
}

function accounts(report: PersonalDataReport, day: Day): Section {
  const { email, opened, closed, password, former } = DATA_WORDS
  return {
    title: DATA_WORDS.accounts,
    columns: [email, opened, closed, password, former],
    rows: report.accounts.map(account => [
      account.email,
      day(account.opened_at),
      day(account.closed_at),
      day(account.password_set_at),
      account.former_addresses.map(address => address.email).join(', '),
    ]),
  }
}

function requests(report: PersonalDataReport, say: Say, day: Day): Section {
  const { received, contract, relation, channel, said } = DATA_WORDS
  return {
    title: DATA_WORDS.requests,
    columns: [received, contract, relation, channel, said],
    rows: report.change_requests.map(request => [
      day(request.received_at),
      request.contract_id,
      request.relations.map(word => say(RELATION_WORDS[word])).join(', '),
      request.requested_by === null ? null : say(CHANNEL_WORDS[request.requested_by.channel]),
      [
        request.subject,
        request.reason,
        ...[...request.operations, request.person_change, request.requested_by].map(part => heldText(part, say, day)),
      ]
        .filter(Boolean)
        .join('; '),
    ]),
  }
}

function history(report: PersonalDataReport, say: Say, day: Day): Section {
  const { when, event, contract, relation, held } = DATA_WORDS
  return {
    title: DATA_WORDS.history,
    columns: [when, event, contract, relation, held],
    rows: report.history.map(entry => [
      day(entry.occurred_at),
      eventText(entry.event, say),
      entry.contract_id,
      entry.relations.map(word => say(RELATION_WORDS[word])).join(', '),
      [entry.before, entry.after, entry.requested_by]
        .map(part => heldText(part, say, day))
        .filter(Boolean)
        .join(' → '),
    ]),
  }
}

function disclosures(report: PersonalDataReport, say: Say, day: Day): Section {
  const { client, list, purpose, times, first, last } = DATA_WORDS
  return {
    title: DATA_WORDS.disclosures,
    columns: [client, list, purpose, times, first, last],
    rows: report.disclosures.map(taken => [
      taken.client,
      taken.operation,
      taken.purpose === null ? null : say(PURPOSE_WORDS[taken.purpose]),
      taken.times,
      day(taken.first_taken_at),
      day(taken.last_taken_at),
    ]),
  }
}

function deliveries(report: PersonalDataReport, day: Day): Section {
  const { client, url, times, first, last } = DATA_WORDS
  return {
    title: DATA_WORDS.deliveries,
    columns: [client, url, times, first, last],
    rows: report.deliveries.map(made => [
      made.client,
      made.url,
      made.times,
      day(made.first_made_at),
      day(made.last_made_at),
    ]),
  }
}

function importRows(report: PersonalDataReport, say: Say, day: Day): Section {
  const { file, line, held } = DATA_WORDS
  return {
    title: DATA_WORDS.imports,
    columns: [file, line, held],
    rows: report.imports.map(row => [
      row.import_id,
      row.line,
      row.data.map(part => heldText(part, say, day)).join('; '),
    ]),
  }
}

function keptAnswers(report: PersonalDataReport, day: Day): Section {
  const { client, since } = DATA_WORDS
  return {
    title: DATA_WORDS.kept_answers,
    columns: [client, since],
    rows: report.kept_answers.map(answer => [answer.client, day(answer.kept_since)]),
  }
}

function sectionHtml({ title, columns, rows }: Section, say: Say): string {
  const heads = columns.map(words => `<th scope="col">${say(words)}</th>`).join('')
  const lines = rows.map(cells => `<tr>${cells.map(cell => `<td>${escaped(String(cell ?? '–'))}</td>`).join('')}</tr>`)
  const table = `<table><thead><tr>${heads}</tr></thead><tbody>${lines.join('\n')}</tbody></table>`
  const content = rows.length === 0 ? `<p>${say(DATA_WORDS.nothing)}</p>` : table
  return `<section>\n<h2>${say(title)}</h2>\n${content}\n</section>`
}
