import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { findPastRegistrationSheet, findRegistrationSheet } from '#actions/contracts/find-registration-sheet.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { recordDisclosure } from '#actions/support/personal-data/disclosing.ts'
import type { RegistrationSheet } from '#domain/contracts/registration-sheet.ts'
import { invalidRequest } from '#http/problems/http-problem.ts'
import { answer } from '#http/request/conditions.ts'
import { disclosureOf } from '#http/request/personal-data/disclosure-of.ts'
import { acceptedType } from '#http/request/media-types.ts'
import { momentOf } from '#http/request/moment-of.ts'
import { answerLanguage } from '#http/response/answer-language.ts'
import { PRINTED_PAGE_POLICY } from '#http/response/printed-page.ts'
import { registrationPage } from '#http/response/contracts/registration-page.ts'
import { registrationTable } from '#http/response/contracts/registration-table.ts'
import type { RegistrationQuery } from '#http/schemas/contracts/registration-sheets.ts'

const FORMATS = { 'application/json': 'json', 'text/csv': 'csv', 'text/html': 'html' } as const
type Query = Static<typeof RegistrationQuery>
type SheetRequest = FastifyRequest<{ Params: { customer_id: string }; Querystring: Query }>

/** Answers the sheet of a customer in the form that `Accept` chooses, once it is recorded who takes it (R26, R31). */
export async function answerRegistrationSheet(context: ActionContext, request: FastifyRequest, reply: FastifyReply) {
  const asked = request as SheetRequest
  const format = acceptedType(request, ['application/json', 'text/csv', 'text/html'])
  if (asked.query.bom !== undefined && format !== 'text/csv')
    throw invalidRequest({ in: 'query', pointer: '#/bom', code: 'not-allowed', only_with: 'csv' })
  const sheet = await sheetOf(context, asked)
  if (request.method !== 'HEAD')
    await recordDisclosure(context, disclosureOf(request, context, FORMATS[format]), contactsOn(sheet))
  if (format === 'application/json') return answerJson(asked, reply, sheet)
  void reply.type(`${format}; charset=utf-8`)
  return format === 'text/csv' ? answerTable(asked, reply, sheet) : answerPage(context, asked, reply, sheet)
}

async function sheetOf(context: ActionContext, { params, query }: SheetRequest): Promise<RegistrationSheet> {
  const { as_of } = query
  if (as_of === undefined) return await findRegistrationSheet(context, params.customer_id)
  return await findPastRegistrationSheet(context, params.customer_id, momentOf(as_of, 'as_of', 'query'))
}

function contactsOn({ contracts }: RegistrationSheet): number {
  return contracts.reduce((sum, { contacts }) => sum + contacts.length, 0)
}

/** The tag leaves out the moment of a present sheet, which changes all the time. */
function answerJson(request: SheetRequest, reply: FastifyReply, sheet: RegistrationSheet) {
  const { customer_id, customer_name, as_of, contracts } = sheet
  const { purpose, as_of: asked = null } = request.query
  const representation = { customer_id, customer_name, as_of, purpose, contracts }
  return answer(request, reply, representation, { ...representation, as_of: asked })
}

function answerTable({ params, query }: SheetRequest, reply: FastifyReply, sheet: RegistrationSheet): string {
  const name = `registration-${params.customer_id}-${sheet.as_of.slice(0, 10)}.csv`
  void reply.header('content-disposition', `attachment; filename="${name}"`)
  return registrationTable(sheet, query.bom ?? false)
}

function answerPage({ clock }: ActionContext, request: SheetRequest, reply: FastifyReply, sheet: RegistrationSheet) {
  const language = answerLanguage(request, reply)
  void reply.header('content-security-policy', PRINTED_PAGE_POLICY)
  return registrationPage({ ...sheet, purpose: request.query.purpose }, language, moment => clock.dayOf(moment))
}
