import type { NamedSchema } from '#http/schemas/named-schema.ts'
import { accountChangesComponents } from '#http/schemas/accounts/account-changes.ts'
import { accountDriftReportsComponents } from '#http/schemas/accounts/account-drift-reports.ts'
import { apiClientInputComponents } from '#http/schemas/api-clients/api-client-input.ts'
import { apiClientsComponents } from '#http/schemas/api-clients/api-clients.ts'
import { applicationFormsComponents } from '#http/schemas/contracts/application-forms.ts'
import { cataloguePlansComponents } from '#http/schemas/contracts/catalogue-plans.ts'
import { catalogueComponents } from '#http/schemas/contracts/catalogue.ts'
import { changeRequestInputComponents } from '#http/schemas/change-requests/change-request-input.ts'
import { changeRequestPatchComponents } from '#http/schemas/change-requests/change-request-patch.ts'
import { confirmationsComponents } from '#http/schemas/change-requests/confirmations.ts'
import { changeRequestsComponents } from '#http/schemas/change-requests/change-requests.ts'
import { contactFieldsComponents } from '#http/schemas/rosters/contact-fields.ts'
import { contactInputsComponents } from '#http/schemas/rosters/contact-inputs.ts'
import { contactsComponents } from '#http/schemas/rosters/contacts.ts'
import { contractsComponents } from '#http/schemas/contracts/contracts.ts'
import { customersComponents } from '#http/schemas/contracts/customers.ts'
import { disclosuresComponents } from '#http/schemas/personal-data/disclosures.ts'
import { eventsComponents } from '#http/schemas/history/events.ts'
import { heldDataComponents } from '#http/schemas/personal-data/held-data.ts'
import { historyComponents } from '#http/schemas/history/history.ts'
import { importFilesComponents } from '#http/schemas/imports/import-files.ts'
import { importLinesComponents } from '#http/schemas/imports/import-lines.ts'
import { importsComponents } from '#http/schemas/imports/imports.ts'
import { listFilesComponents } from '#http/schemas/list-files.ts'
import { contactWarningsComponents } from '#http/schemas/rosters/contact-warnings.ts'
import { noticeRecipientsComponents } from '#http/schemas/accounts/notice-recipients.ts'
import { nextCallsComponents } from '#http/schemas/problems/next-calls.ts'
import { personChangesComponents } from '#http/schemas/rosters/person-changes.ts'
import { personalDataErasuresComponents } from '#http/schemas/personal-data/personal-data-erasures.ts'
import { personalDataReportsComponents } from '#http/schemas/personal-data/personal-data-reports.ts'
import { problemPartsComponents } from '#http/schemas/problems/problem-parts.ts'
import { problemComponents } from '#http/schemas/problems/problem.ts'
import { registrationSheetsComponents } from '#http/schemas/contracts/registration-sheets.ts'
import { requestedByComponents } from '#http/schemas/change-requests/requested-by.ts'
import { requestedOperationsComponents } from '#http/schemas/change-requests/requested-operations.ts'
import { requestedPersonChangesComponents } from '#http/schemas/change-requests/requested-person-changes.ts'
import { restoredContactsComponents } from '#http/schemas/rosters/restored-contacts.ts'
import { rosterPlansComponents } from '#http/schemas/rosters/roster-plans.ts'
import { rostersComponents } from '#http/schemas/rosters/rosters.ts'
import { searchesComponents } from '#http/schemas/searches.ts'
import { seatsComponents } from '#http/schemas/contracts/seats.ts'
import { senderChecksComponents } from '#http/schemas/senders/sender-checks.ts'
import { senderDraftsComponents } from '#http/schemas/senders/sender-drafts.ts'
import { senderPeopleComponents } from '#http/schemas/senders/sender-people.ts'
import { serviceComponents } from '#http/schemas/service.ts'
import { snapshotComponents } from '#http/schemas/snapshot.ts'
import { successionsComponents } from '#http/schemas/contracts/successions.ts'
import { supportAccountsComponents } from '#http/schemas/accounts/support-accounts.ts'
import { transfersComponents } from '#http/schemas/contracts/transfers.ts'
import { webhookDeliveriesComponents } from '#http/schemas/webhooks/webhook-deliveries.ts'
import { webhookEndpointsComponents } from '#http/schemas/webhooks/webhook-endpoints.ts'
import { webhookDataComponents } from '#http/schemas/webhooks/webhook-data.ts'
import { webhookMessagesComponents } from '#http/schemas/webhooks/webhook-messages.ts'

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
  ...webhookDataComponents,
  ...webhookMessagesComponents,
]
