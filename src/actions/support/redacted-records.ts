import { changeRequestEntry, stepOf } from '#actions/support/change-request-record.ts'
import { listRequestsOfCustomers, updateChangeRequest } from '#db/change-requests.ts'
import type { Db } from '#db/driver/database.ts'
import type { Statement } from '#db/driver/statement.ts'
import {
  listHistoryToRedact,
  listImportRowsToRedact,
  updateHistoryRedacted,
  updateImportRowRedacted,
} from '#db/erasures.ts'
import { insertHistory } from '#db/history.ts'
import { listContractIds } from '#db/personal-data.ts'
import type { Change } from '#domain/caller.ts'
import { withdrawnRequest } from '#domain/change-request-steps.ts'
import { isOpen } from '#domain/change-request.ts'
import type { Contact } from '#domain/contact.ts'
import { concernsPerson, type PersonTraces } from '#domain/person-traces.ts'
import { ERASED, withoutPerson } from '#domain/person-redaction.ts'

type Erasing = { traces: PersonTraces; own_keys: ReadonlySet<string> }

/** The entries of history of the customer's contracts that name a person, without the person (R33). */
export async function redactedHistory(
  db: Db,
  person: readonly Contact[],
  erasing: Erasing,
): Promise<{ statements: Statement<unknown>[]; ids: number[] }> {
  const contract_ids = [...(await listContractIds(db, customersOf(person))), ...person.map(one => one.contract_id)]
  const contact_ids = person.map(({ contact_id }) => contact_id)
  const entries = await listHistoryToRedact(db, { contact_ids, contract_ids: [...new Set(contract_ids)] })
  const changed = entries.flatMap(({ history_id, before, after, requested_by }) => {
    const said = { before, after, requested_by }
    const left = withoutPerson(said, { ...erasing, blanking: 'null' })
    return JSON.stringify(left) === JSON.stringify(said) ? [] : [{ history_id, ...left }]
  })
  return {
    statements: changed.length === 0 ? [] : [updateHistoryRedacted(changed)],
    ids: changed.map(({ history_id }) => history_id),
  }
}

/** The customer's change requests that name a person, without the person; those that are open are withdrawn. */
export async function redactedRequests(
  db: Db,
  person: readonly Contact[],
  erasing: Erasing,
  change: Change,
): Promise<Statement<unknown>[]> {
  const requests = await listRequestsOfCustomers(db, customersOf(person))
  return requests
    .filter(request => concernsPerson(request, erasing.traces))
    .flatMap(request => {
      const isWithdrawn = isOpen(request) && concernsPerson(request.operations, erasing.traces)
      const ended = isWithdrawn ? withdrawnRequest(request, null, change.occurred_at) : request
      const left = withoutPerson(ended, { ...erasing, blanking: 'word' })
      if (!isWithdrawn) return [updateChangeRequest(left)]
      const entry = changeRequestEntry('withdrawn', left)
      return [updateChangeRequest(left), insertHistory(stepOf(left, change, change.occurred_at), [entry])]
    })
}

/** The rows of imports that name a person, without the person; of a line of CSV nothing is left. */
export async function redactedImportRows(db: Db, erasing: Erasing): Promise<Statement<unknown>[]> {
  const { contact_ids, email_keys, whole_names } = erasing.traces
  const texts = [...email_keys, ...whole_names]
  const rows = await listImportRowsToRedact(db, { contact_ids: [...contact_ids], texts })
  return rows.map(({ cells, ...row }) =>
    updateImportRowRedacted({
      ...withoutPerson(row, { ...erasing, blanking: 'word' }),
      cells: cells === null ? null : cells.map(() => ERASED),
    }),
  )
}

function customersOf(person: readonly Contact[]): string[] {
  return [...new Set(person.map(({ customer_id }) => customer_id))]
}
