import type { NamedSchema } from '#http/openapi/component.ts'
import { accountChangesComponents } from '#http/schemas/account-changes.ts'
import { accountDriftReportsComponents } from '#http/schemas/account-drift-reports.ts'
import { apiClientInputComponents } from '#http/schemas/api-client-input.ts'
import { apiClientsComponents } from '#http/schemas/api-clients.ts'
import { applicationFormsComponents } from '#http/schemas/application-forms.ts'
import { cataloguePlansComponents } from '#http/schemas/catalogue-plans.ts'
import { catalogueComponents } from '#http/schemas/catalogue.ts'
import { changeRequestInputComponents } from '#http/schemas/change-request-input.ts'
import { changeRequestPatchComponents } from '#http/schemas/change-request-patch.ts'
import { confirmationsComponents } from '#http/schemas/confirmations.ts'
import { changeRequestsComponents } from '#http/schemas/change-requests.ts'
import { contactFieldsComponents } from '#http/schemas/contact-fields.ts'
import { contactInputsComponents } from '#http/schemas/contact-inputs.ts'
import { contactsComponents } from '#http/schemas/contacts.ts'
import { contractsComponents } from '#http/schemas/contracts.ts'
import { customersComponents } from '#http/schemas/customers.ts'
import { disclosuresComponents } from '#http/schemas/disclosures.ts'
import { eventsComponents } from '#http/schemas/events.ts'
import { heldDataComponents } from '#http/schemas/held-data.ts'
import { historyComponents } from '#http/schemas/history.ts'
import { importFilesComponents } from '#http/schemas/import-files.ts'
import { importLinesComponents } from '#http/schemas/import-lines.ts'
import { importsComponents } from '#http/schemas/imports.ts'
import { listFilesComponents } from '#http/schemas/list-files.ts'
import { contactWarningsComponents } from '#http/schemas/contact-warnings.ts'
import { noticeRecipientsComponents } from '#http/schemas/notice-recipients.ts'
import { nextCallsComponents } from '#http/schemas/next-calls.ts'
import { personChangesComponents } from '#http/schemas/person-changes.ts'
import { personalDataErasuresComponents } from '#http/schemas/personal-data-erasures.ts'
import { personalDataReportsComponents } from '#http/schemas/personal-data-reports.ts'
import { problemPartsComponents } from '#http/schemas/problem-parts.ts'
import { problemComponents } from '#http/schemas/problem.ts'
import { registrationSheetsComponents } from '#http/schemas/registration-sheets.ts'
import { requestedByComponents } from '#http/schemas/requested-by.ts'
import { requestedOperationsComponents } from '#http/schemas/requested-operations.ts'
import { requestedPersonChangesComponents } from '#http/schemas/requested-person-changes.ts'
import { restoredContactsComponents } from '#http/schemas/restored-contacts.ts'
import { rosterPlansComponents } from '#http/schemas/roster-plans.ts'
import { rostersComponents } from '#http/schemas/rosters.ts'
import { searchesComponents } from '#http/schemas/searches.ts'
import { seatsComponents } from '#http/schemas/seats.ts'
import { senderChecksComponents } from '#http/schemas/sender-checks.ts'
import { senderDraftsComponents } from '#http/schemas/sender-drafts.ts'
import { senderPeopleComponents } from '#http/schemas/sender-people.ts'
import { serviceComponents } from '#http/schemas/service.ts'
import { snapshotComponents } from '#http/schemas/snapshot.ts'
import { successionsComponents } from '#http/schemas/successions.ts'
import { supportAccountsComponents } from '#http/schemas/support-accounts.ts'
import { transfersComponents } from '#http/schemas/transfers.ts'
import { webhookDeliveriesComponents } from '#http/schemas/webhook-deliveries.ts'
import { webhookEndpointsComponents } from '#http/schemas/webhook-endpoints.ts'
import { webhookMessagesComponents } from '#http/schemas/webhook-messages.ts'

/** Every named schema of the contract: the document and the validator know these, and no others. */
export const COMPONENTS: readonly NamedSchema[] = [
  ...accountChangesComponents,
  ...accountDriftReportsComponents,
  ...apiClientInputComponents,
  ...apiClientsComponents,
  ...applicationFormsComponents,
  ...catalogueComponents,
  ...cataloguePlansComponents,
  ...changeRequestInputComponents,
  ...confirmationsComponents,
  ...changeRequestsComponents,
  ...changeRequestPatchComponents,
  ...contactFieldsComponents,
  ...contactsComponents,
  ...contactInputsComponents,
  ...contractsComponents,
  ...customersComponents,
  ...disclosuresComponents,
  ...eventsComponents,
  ...heldDataComponents,
  ...historyComponents,
  ...contactWarningsComponents,
  ...listFilesComponents,
  ...importFilesComponents,
  ...importLinesComponents,
  ...importsComponents,
  ...noticeRecipientsComponents,
  ...personChangesComponents,
  ...personalDataErasuresComponents,
  ...personalDataReportsComponents,
  ...problemPartsComponents,
  ...nextCallsComponents,
  ...problemComponents,
  ...registrationSheetsComponents,
  ...requestedByComponents,
  ...requestedOperationsComponents,
  ...requestedPersonChangesComponents,
  ...restoredContactsComponents,
  ...rosterPlansComponents,
  ...rostersComponents,
  ...searchesComponents,
  ...seatsComponents,
  ...senderChecksComponents,
  ...senderDraftsComponents,
  ...senderPeopleComponents,
  ...serviceComponents,
  ...snapshotComponents,
  ...successionsComponents,
  ...supportAccountsComponents,
  ...transfersComponents,
  ...webhookDeliveriesComponents,
  ...webhookEndpointsComponents,
  ...webhookMessagesComponents,
]
