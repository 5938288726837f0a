import { addEventsCursor } from '#http/response/history/events-cursor.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { guardRoutes, type Admit } from '#http/auth/authentication.ts'
import type { Counters } from '#http/limits/admission.ts'
import { limitBodies } from '#http/limits/body-memory.ts'
import type { TypedApp } from '#http/route-config.ts'
import { guardDisclosures } from '#http/request/personal-data/disclosure-of.ts'
import { negotiateMediaTypes } from '#http/request/media-types.ts'
import { comparePathIds } from '#http/request/read-only-fields.ts'
import { readQuery } from '#http/request/validation.ts'
import { accountDriftReportRoutes } from '#http/routes/account-drift-reports.ts'
import { apiClientRoutes } from '#http/routes/api-clients.ts'
import { applicationFormRoutes } from '#http/routes/application-forms.ts'
import { appRoutes } from '#http/routes/apps.ts'
import { cataloguePlanRoutes } from '#http/routes/catalogue-plans.ts'
import { productRoutes } from '#http/routes/products.ts'
import { seatCalculationRoutes } from '#http/routes/seat-calculations.ts'
import { contractContactRoutes } from '#http/routes/contract-contacts.ts'
import { apiClientChangeRoutes } from '#http/routes/api-client-changes.ts'
import { personalDataRoutes } from '#http/routes/personal-data.ts'
import { personChangeRoutes } from '#http/routes/person-changes.ts'
import { primaryRoutes } from '#http/routes/primary.ts'
import { apiKeyRoutes } from '#http/routes/api-keys.ts'
import { changeRequestRoutes } from '#http/routes/change-requests.ts'
import { contactRestorationRoutes } from '#http/routes/contact-restorations.ts'
import { contactRoutes } from '#http/routes/contacts.ts'
import { contractChangeRoutes } from '#http/routes/contract-changes.ts'
import { contractRoutes } from '#http/routes/contracts.ts'
import { customerRoutes } from '#http/routes/customers.ts'
import { disclosureRoutes } from '#http/routes/disclosures.ts'
import { historyListRoutes } from '#http/routes/history-lists.ts'
import { historyRoutes } from '#http/routes/history.ts'
import { importRoutes } from '#http/routes/imports.ts'
import { noticeRecipientRoutes } from '#http/routes/notice-recipients.ts'
import { registrationSheetRoutes } from '#http/routes/registration-sheets.ts'
import { rosterRoutes } from '#http/routes/rosters.ts'
import { searchRoutes } from '#http/routes/searches.ts'
import { senderCheckRoutes } from '#http/routes/sender-checks.ts'
import { successionRoutes } from '#http/routes/successions.ts'
import { supportAccountRoutes } from '#http/routes/support-accounts.ts'
import { transferRoutes } from '#http/routes/transfers.ts'

/** Every route of the API, behind authentication. */
export function apiRoutes(
  routes: TypedApp,
  context: ActionContext,
  admit: Admit,
  counters: Counters,
  key_environment: string,
): void {
  guardRoutes(routes, admit)
  guardDisclosures(routes)
  negotiateMediaTypes(routes)
  limitBodies(routes)
  routes.addHook('preValidation', readQuery)
  routes.addHook('preHandler', comparePathIds)
  addEventsCursor(routes, context.database)
  contractRoutesOf(routes, context)
  searchRoutes(routes, context)
  rosterRoutes(routes, context)
  applicationFormRoutes(routes, context)
  changeRequestRoutes(routes, context)
  importRoutes(routes, context)
  historyRoutes(routes, context)
  historyListRoutes(routes, context)
  disclosureRoutes(routes, context)
  personalDataRoutes(routes, context)
  senderCheckRoutes(routes, context, counters.confirmations)
  supportAccountRoutes(routes, context)
  accountDriftReportRoutes(routes, context)
  noticeRecipientRoutes(routes, context)
  apiClientRoutes(routes, context, key_environment)
  apiClientChangeRoutes(routes, context)
  apiKeyRoutes(routes, context, key_environment)
}

/** The catalogue, customers, contracts and their contacts. */
function contractRoutesOf(routes: TypedApp, context: ActionContext): void {
  productRoutes(routes, context)
  appRoutes(routes, context)
  cataloguePlanRoutes(routes, context)
  customerRoutes(routes, context)
  registrationSheetRoutes(routes, context)
  seatCalculationRoutes(routes, context)
  contractRoutes(routes, context)
  contractChangeRoutes(routes, context)
  successionRoutes(routes, context)
  transferRoutes(routes, context)
  contractContactRoutes(routes, context)
  primaryRoutes(routes, context)
  personChangeRoutes(routes, context)
  contactRoutes(routes, context)
  contactRestorationRoutes(routes, context)
}
