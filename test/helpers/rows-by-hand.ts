const text = (value: unknown): string => `'${JSON.stringify(value)}'`

/**
 * Puts a person into the columns that calls of the service fill seldom, or not at all today, and that the register of
 * personal data counts as holding people: what is left by a drift report whose process died, and reasons of refusals.
 */
export function rowsByHand({ family_name, given_name, email }: Record<'family_name' | 'given_name' | 'email', string>) {
  const key = email.toLowerCase()
  const name = `${family_name} ${given_name}`
  const said = text([{ type: 'invalid-value', detail: `${name} <${email}>` }])
  const named = text([{ contact_id: null, name, email }])
  return [
    `insert into drift_lines (report_id, line, kind, external_id, email, email_key, name, target_email, target_key,
        errors, anchor)
      values (gen_random_uuid(), 1, 'user', 'desk-h2', '${email}', '${key}', '${family_name}', '${email}', '${key}',
        ${said}, 1)`,
    `insert into drift_accounts (report_id, account_id, external_id, email, email_key, is_open, is_first)
      values (gen_random_uuid(), gen_random_uuid(), 'desk-h2', '${email}', '${key}', true, true)`,
    `update import_rows set errors = ${said}, problems = ${said}, warnings = ${said}, duplicates = ${named}
      where outcome = 'skipped'`,
    `update imports set header = array['${name}', '${email}'],
        fault = fault || ${text({ found: email })} where fault ->> 'code' = 'missing-column'`,
    `insert into change_requests (change_request_id, customer_id, state, operations, person_change, concerns_contract,
        requested_by, effective_on, needs_confirmation, received_at, closed_at, refusals, filed_by, approved_by,
        approved_at)
      select gen_random_uuid(), customer_id, 'failed', operations, person_change, concerns_contract, requested_by,
        '2026-03-31', '{}', received_at, received_at, ${said}, filed_by,
        '{"client": "admin", "credential": "root"}', received_at
      from change_requests where person_change is not null`,
  ]
}
