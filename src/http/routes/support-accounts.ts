import { type Static, Type } from 'typebox'
import type { ActionContext } from '#actions/support/action-context.ts'
import type { AccountReports } from '#actions/support/accounts/account-report-history.ts'
import { updateSupportAccount } from '#actions/accounts/update-support-account.ts'
import { findSupportAccount, type SupportAccountFilter } from '#db/accounts/support-accounts.ts'
import { supportAccountView } from '#domain/accounts/support-account-view.ts'
import { ACCOUNT_STATES, MAIL_STATES } from '#domain/vocabulary.ts'
import { oneOfList, ref } from '#http/schemas/named-schema.ts'
import { operation } from '#http/openapi/operation.ts'
import { MERGE_PATCH_BODY } from '#http/request/body-types.ts'
import { answer, preconditionsOf } from '#http/request/conditions.ts'
import { momentOf } from '#http/request/moment-of.ts'
import { callerOf } from '#http/request/caller-of.ts'
import { orNotFound } from '#http/response/or-not-found.ts'
import { answerList } from '#http/response/list-answer.ts'
import { supportAccountList } from '#http/response/people-lists.ts'
import type { TypedApp } from '#http/route-config.ts'
import { filterId, listQuery, NOT_MODIFIED } from '#http/schemas/common.ts'
import { ConditionalChangeHeaders, ConditionalReadHeaders } from '#http/schemas/conditional-headers.ts'
import {
  accountId,
  externalId,
  SupportAccount,
  SupportAccountPage,
  SupportAccountPatch,
} from '#http/schemas/accounts/support-accounts.ts'
import { supportAccountExamples } from '#http/schemas/accounts/support-account-examples.ts'
import { CUSTOMER_ID } from '#http/schemas/examples.ts'
import { fileParameters, FILES_OF_LIST, filesOf } from '#http/schemas/list-files.ts'

const AccountPath = Type.Object({ account_id: accountId })
const AccountQuery = listQuery({
  customer_id: Type.Optional(filterId('Only the accounts of this customer.', CUSTOMER_ID)),
  state: Type.Optional(oneOfList(ACCOUNT_STATES, { description: 'Only accounts in this state.' })),
  shared: Type.Optional(
    Type.Boolean({
      description: '`true`: only accounts that several people use; `false`: only the other accounts.',
    }),
  ),
  mail_state: Type.Optional(
    oneOfList(MAIL_STATES, { description: 'Only accounts whose address mail reaches or does not reach (R31).' }),
  ),
  external_id: Type.Optional(externalId("Only the account with this id of the help desk's user.")),
  ...fileParameters,
})

function filterOf(query: Static<typeof AccountQuery>): SupportAccountFilter {
  const { customer_id, state, shared, mail_state, external_id } = query
  return {
    ...(customer_id !== undefined && { customer_id }),
    ...(state !== undefined && { state }),
    ...(shared !== undefined && { shared }),
    ...(mail_state !== undefined && { mail_state }),
    ...(external_id !== undefined && { external_id }),
  }
}

export function supportAccountRoutes(app: TypedApp, context: ActionContext): void {
  listSupportAccountsRoute(app, context)
  getSupportAccountRoute(app, context)
  updateSupportAccountRoute(app, context)
}

function listSupportAccountsRoute(app: TypedApp, context: ActionContext): void {
  app.get(
    '/v1/support-accounts',
    operation({
      operationId: 'listSupportAccounts',
      summary: 'List the support accounts',
      description:
        'Lists support accounts (サポートサイトのアカウント), open and closed, in the order of their opening. Filters: ' +
        `customer, state, whether several people share the mailbox, and whether mail reaches it. ${FILES_OF_LIST}`,
      tag: 'Support accounts',
      scope: 'accounts:read',
      personal: true,
      discloses: true,
      request: { querystring: AccountQuery, headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'A page of accounts.',
          schema: ref(SupportAccountPage),
          examples: supportAccountExamples.page,
          headers: ['Content-Disposition', 'ETag', 'Events-Cursor', 'Link'],
          other_forms: filesOf(
            { type: 'support_account', ...supportAccountExamples.answer.shared.value },
            'account_id,customer_id,email,…\r\n',
          ),
        },
        304: NOT_MODIFIED,
      },
      problems: [],
    }),
    async (request, reply) =>
      await answerList(context, request, reply, supportAccountList(filterOf(request.query), context.clock.today())),
  )
}

function getSupportAccountRoute(app: TypedApp, { database, clock }: ActionContext): void {
  app.get(
    '/v1/support-accounts/:account_id',
    operation({
      operationId: 'getSupportAccount',
      summary: 'Read a support account',
      description:
        'Reads one account (サポートサイトのアカウント): its contacts, its display name (R18), what it may do (R22), and who ' +
        'left it and may still read it (R21). 404 if the id is unknown.',
      tag: 'Support accounts',
      scope: 'accounts:read',
      personal: true,
      request: { params: AccountPath, headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'The account.',
          schema: ref(SupportAccount),
          examples: supportAccountExamples.answer,
          headers: ['ETag'],
        },
        304: NOT_MODIFIED,
      },
      problems: ['not-found'],
    }),
    async (request, reply) =>
      answer(
        request,
        reply,
        supportAccountView(
          orNotFound(await findSupportAccount(database, request.params.account_id, clock.today()), 'support_account'),
        ),
      ),
  )
}

const REPORTS =
  'Records what other systems know of the account (JSON Merge Patch, RFC 7396). The support site reports when ' +
  'the password was set. From then on, the account may do what needs a sign-in (R22), and people who left the ' +
  'shared mailbox (共有メールアドレス) before no longer have access (R21). The mail gateway reports whether mail ' +
  'reaches the address (R31). A closed account accepts no such reports (409). The help desk reports the id of ' +
  'its user who has the account; an id that another account has is refused (409).'

function updateSupportAccountRoute(app: TypedApp, context: ActionContext): void {
  app.patch(
    '/v1/support-accounts/:account_id',
    operation({
      operationId: 'updateSupportAccount',
      summary: 'Report the password, the mail or the user of a support account',
      description: REPORTS,
      tag: 'Support accounts',
      scope: 'accounts:report',
      personal: true,
      consumes: MERGE_PATCH_BODY,
      request: { params: AccountPath, headers: ConditionalChangeHeaders, body: ref(SupportAccountPatch) },
      request_examples: supportAccountExamples.patch,
      answers: {
        200: {
          description: 'The account as it is now.',
          schema: ref(SupportAccount),
          examples: supportAccountExamples.answer,
          headers: ['ETag'],
        },
      },
      problems: ['not-found', 'account-closed', 'state-conflict', 'invalid-value', 'precondition-failed'],
    }),
    async (request, reply) =>
      answer(
        request,
        reply,
        await updateSupportAccount(context, {
          account_id: request.params.account_id,
          ...reportsOf(request.body),
          preconditions: preconditionsOf(request),
          caller: callerOf(request),
        }),
      ),
  )
}

function reportsOf({ password_set_at, mail_state, external_id }: Static<typeof SupportAccountPatch>): AccountReports {
  const moment = typeof password_set_at === 'string' ? momentOf(password_set_at, 'password_set_at') : password_set_at
  return { password_set_at: moment, mail_state, external_id }
}
