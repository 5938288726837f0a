import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Static } from 'typebox'
import { reportPersonalData } from '#actions/personal-data/report-personal-data.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { recordDisclosure } from '#actions/support/personal-data/disclosing.ts'
import type { PersonalDataReport } from '#domain/personal-data/personal-data-report.ts'
import { disclosureOf } from '#http/request/personal-data/disclosure-of.ts'
import { acceptedType } from '#http/request/media-types.ts'
import { addressKeyOf } from '#http/request/search-of.ts'
import { answerLanguage } from '#http/response/answer-language.ts'
import { personalDataPage } from '#http/response/personal-data/personal-data-page.ts'
import { PRINTED_PAGE_POLICY } from '#http/response/printed-page.ts'
import type { PersonalDataReportInput } from '#http/schemas/personal-data/personal-data-reports.ts'

const FORMATS = { 'application/json': 'json', 'text/html': 'html' } as const

/** Answers the report of a person in the form that `Accept` chooses, once it is recorded who takes it (R31, R33). */
export async function answerPersonalData(context: ActionContext, request: FastifyRequest, reply: FastifyReply) {
  const { contact_id = null, email = null, customer_id = null } = request.body as Static<typeof PersonalDataReportInput>
  const format = acceptedType(request, ['application/json', 'text/html'])
  const report = await reportPersonalData(context, {
    contact_id,
    email_key: email === null ? null : addressKeyOf(email),
    customer_id,
  })
  const filter = { contact_ids: report.contacts.map(contact => contact.contact_id) }
  const disclosure = { ...disclosureOf(request, context, FORMATS[format]), filter }
  await recordDisclosure(context, disclosure, Math.max(1, report.contacts.length))
  return format === 'application/json' ? report : answerPage(context, request, reply, report)
}

function answerPage(
  { clock }: ActionContext,
  request: FastifyRequest,
  reply: FastifyReply,
  report: PersonalDataReport,
) {
  const language = answerLanguage(request, reply)
  void reply.type('text/html; charset=utf-8').header('content-security-policy', PRINTED_PAGE_POLICY)
  return personalDataPage(report, language, moment => clock.dayOf(moment))
}
