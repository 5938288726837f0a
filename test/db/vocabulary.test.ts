import { readFileSync } from 'node:fs'
import t from 'tap'
import { IMPORT_LINE_TYPES } from '#domain/imports/import-line.ts'
import { IMPORT_UNIT_KINDS } from '#domain/imports/import-unit.ts'
import {
  APP_KINDS,
  CHANGE_REQUEST_STATES,
  CHANGE_SOURCES,
  CHANNELS,
  CREDENTIALS,
  DISCLOSURE_FORMATS,
  DUTIES,
  IMPORT_OUTCOMES,
  IMPORT_STATES,
  MAIL_STATES,
  ON_PROBLEM,
  ROLES,
} from '#domain/vocabulary.ts'
import { DELIVERY_STATES } from '#domain/webhooks/webhook-delivery.ts'
import { DISABLED_REASONS } from '#domain/webhooks/webhook-endpoint.ts'

type Vocabulary = readonly string[]

// The checks that hold a whole vocabulary, and those that name some of its words.
const WHOLE: Record<string, Vocabulary> = {
  application_forms_channel_known: CHANNELS,
  apps_kind_known: APP_KINDS,
  change_requests_credential_known: CREDENTIALS,
  change_requests_state_known: CHANGE_REQUEST_STATES,
  contacts_duties_known: DUTIES,
  contacts_role_known: ROLES,
  disclosures_credential_known: CREDENTIALS,
  disclosures_format_known: DISCLOSURE_FORMATS,
  history_source_known: CHANGE_SOURCES,
  import_rows_outcome_known: IMPORT_OUTCOMES,
  import_rows_type_known: IMPORT_LINE_TYPES,
  import_units_kind_known: IMPORT_UNIT_KINDS,
  imports_on_problem_known: ON_PROBLEM,
  imports_state_known: IMPORT_STATES,
  support_accounts_mail_state_known: MAIL_STATES,
  webhook_deliveries_state_known: DELIVERY_STATES,
  webhook_endpoints_credential_known: CREDENTIALS,
  webhook_endpoints_reason_known: DISABLED_REASONS,
}
const PART: Record<string, Vocabulary> = {
  change_requests_closed_when_final: CHANGE_REQUEST_STATES,
  change_requests_confirmed_where_needed: CHANGE_REQUEST_STATES,
  change_requests_scheduled_for_a_day: CHANGE_REQUEST_STATES,
  imports_ended_when_final: IMPORT_STATES,
}

const schema = readFileSync(new URL('../../migrations/schema.sql', import.meta.url), 'utf8')
const lists = [...schema.matchAll(/constraint (\w+) CHECK .*?ARRAY\[([^\]]*)\]/g)].map(([, name = '', list = '']) => ({
  name,
  words: [...list.matchAll(/'([^']*)'::text/g)].map(([, word = '']) => word),
}))

t.test('a check that lists words is known to this test', async t => {
  t.same(lists.map(({ name }) => name).toSorted(), [...Object.keys(WHOLE), ...Object.keys(PART)].toSorted())
})

t.test("the database's lists of words are those of the domain", async t => {
  for (const { name, words } of lists) {
    const vocabulary = WHOLE[name]
    if (vocabulary !== undefined) t.same(words.toSorted(), [...vocabulary].toSorted(), name)
  }
})

t.test('a check that names some words of a list names no other', async t => {
  for (const { name, words } of lists) {
    const vocabulary = PART[name]
    if (vocabulary === undefined) continue
    t.same(
      words.filter(word => !vocabulary.includes(word)),
      [],
      name,
    )
  }
})
