import type { Db } from '#db/driver/database.ts'
import { first } from '#db/driver/first.ts'
import { compiled, prepared, sqlBuilder, type Statement } from '#db/driver/statement.ts'
import type { ApplicationForm } from '#domain/contracts/application-form.ts'

const findStatement = prepared<{ contract_id: string }, ApplicationForm>(parameter =>
  sqlBuilder
    .selectFrom('application_forms')
    .select([
      'contract_id',
      'customer_id',
      'form_version',
      'received_on',
      'channel',
      'privacy_notice_version',
      'seat_limit',
      'registered_at',
      'contact_ids',
    ])
    .where('contract_id', '=', parameter('contract_id')),
)

/** The application form of a contract, if it has one (R23). */
export async function findApplicationForm(db: Db, contract_id: string): Promise<ApplicationForm | undefined> {
  return first(await db.run(findStatement({ contract_id })))
}

/** Adds the application form of a contract. A contract has one at most. */
export function insertApplicationForm(form: ApplicationForm): Statement<unknown> {
  return compiled(sqlBuilder.insertInto('application_forms').values(form))
}
