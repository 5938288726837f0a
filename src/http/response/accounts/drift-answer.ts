import type { FastifyReply, FastifyRequest } from 'fastify'
import { reportAccountDrift } from '#actions/accounts/report-account-drift.ts'
import type { ActionContext } from '#actions/support/action-context.ts'
import { disclosedBatches } from '#actions/support/personal-data/disclosed-batches.ts'
import type { ComparedLine } from '#domain/accounts/drift-line.ts'
import { driftSteps } from '#domain/accounts/drift-steps.ts'
import type { FieldError } from '#http/problems/field-errors.ts'
import { unfit } from '#http/problems/http-problem.ts'
import type { Language } from '#http/problems/language.ts'
import { problemDocument } from '#http/problems/problem-document.ts'
import { disclosureOf } from '#http/request/personal-data/disclosure-of.ts'
import { driftUsers } from '#http/request/accounts/drift-users.ts'
import { answerLanguage } from '#http/response/answer-language.ts'
import { ndjsonOf } from '#http/response/list-formats.ts'

/** Answers what to do in the help desk, step by step as lines of JSON, once all of its users are read (R31, R37). */
export async function answerAccountDrift(context: ActionContext, request: FastifyRequest, reply: FastifyReply) {
  const compared = reportAccountDrift(context, driftUsers(request))
  const first = await compared.next() // a broken line is found before the answer begins
  const language = answerLanguage(request, reply)
  const disclosure = { ...disclosureOf(request, context, 'ndjson'), purpose: 'inquiries' as const }
  const steps = disclosedBatches(context, disclosure, stepsOf(resumed(first, compared), language))
  void reply.type('application/x-ndjson; charset=utf-8')
  return await reply.send(await ndjsonOf(steps))
}

type Batches = AsyncGenerator<ComparedLine<FieldError>[], void>

async function* resumed(first: IteratorResult<ComparedLine<FieldError>[], void>, rest: Batches): Batches {
  try {
    if (first.done !== true) yield first.value
    yield* rest
  } finally {
    await rest.return()
  }
}

async function* stepsOf(batches: Batches, language: Language): AsyncGenerator<object[], void> {
  for await (const batch of batches) yield batch.flatMap(compared => lineSteps(compared, language))
}

function lineSteps(compared: ComparedLine<FieldError>, language: Language): object[] {
  const { errors, repeats_line } = compared
  return driftSteps(compared).map(step => ({
    ...step,
    ...(repeats_line !== null && { repeats_line }),
    ...(errors !== null && { errors: problemDocument(unfit(...errors), '', language)['errors'] }),
  }))
}
