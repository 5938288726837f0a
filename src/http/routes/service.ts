import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import type { ActionContext } from '#actions/support/action-context.ts'
import type { Database } from '#db/driver/database.ts'
import { missingMigrations } from '#db/schema/migrations.ts'
import { assertWritable } from '#db/writable.ts'
import { ref } from '#http/schemas/named-schema.ts'
import { CONVENTIONS_POLICY, conventionsPage } from '#http/openapi/conventions-page.ts'
import { serveDocument } from '#http/openapi/serve-document.ts'
import { documentText } from '#http/openapi/document.ts'
import { operation } from '#http/openapi/operation.ts'
import type { ProblemType } from '#http/problems/facts-by-type.ts'
import { HttpProblem } from '#http/problems/http-problem.ts'
import type { Language } from '#http/problems/language.ts'
import { PROBLEM_TYPES } from '#http/problems/problem-types.ts'
import { answerIn } from '#http/request/conditions.ts'
import { answerLanguage } from '#http/response/answer-language.ts'
import type { TypedApp } from '#http/route-config.ts'
import { NOT_MODIFIED } from '#http/schemas/common.ts'
import { ConditionalReadHeaders } from '#http/schemas/conditional-headers.ts'
import { Health, ProblemExplanation, problemType } from '#http/schemas/service.ts'

const ok = { ok: { summary: 'All is well', value: { status: 'ok' } } }
/** The meaning of a problem and its remedy, in one language. */
function explanation(type: ProblemType, language: Language) {
  const { status, title, meaning, remedy } = PROBLEM_TYPES[type]
  return {
    type: `/problems/${type}`,
    status,
    title: title[language],
    meaning: meaning[language],
    remedy: remedy[language],
  }
}

export function serviceRoutes(app: TypedApp, context: ActionContext, stopping: AbortSignal): void {
  getHealthRoute(app)
  getReadinessRoute(app, context, stopping)
  explainProblemRoute(app)
  serveDocument(app, '/openapi.json', 'application/json', () => documentText(app))
  serveDocument(app, '/conventions', 'text/html', conventionsPage, { 'content-security-policy': CONVENTIONS_POLICY })
  serveDocument(app, '/openapi.yaml', 'application/yaml', () => app.swagger({ yaml: true }))
}

function getHealthRoute(app: TypedApp): void {
  app.get(
    '/healthz',
    operation({
      operationId: 'getHealth',
      probe: true,
      summary: 'Whether the process is alive',
      description:
        "Answers 200 while the process serves requests, also if its database is not available. For the platform's " +
        'liveness check.',
      tag: 'Service',
      scope: null,
      request: {},
      answers: { 200: { description: 'The process is alive.', schema: ref(Health), examples: ok } },
      problems: [],
    }),
    async () => ({ status: 'ok' as const }),
  )
}

function getReadinessRoute(app: TypedApp, { database }: ActionContext, stopping: AbortSignal): void {
  app.get(
    '/readyz',
    operation({
      operationId: 'getReadiness',
      probe: true,
      summary: 'Whether requests can be served',
      description:
        'Answers 200 if the database accepts changes and has the schema of this release. Otherwise, and while the ' +
        "service is stopping, it answers 503 `unavailable`. For the platform's readiness check.",
      tag: 'Service',
      scope: null,
      request: {},
      answers: { 200: { description: 'Requests can be served.', schema: ref(Health), examples: ok } },
      problems: ['unavailable'],
    }),
    async () => await readiness(database, stopping),
  )
}

function explainProblemRoute(app: TypedApp): void {
  app.get(
    '/problems/:problem_type',
    operation({
      operationId: 'explainProblem',
      cache: 'public, max-age=3600',
      summary: 'Explain a problem',
      description:
        'Explains what a problem means and what to do, in English or Japanese. The `type` of every problem ' +
        'document is one of these paths.',
      tag: 'Service',
      scope: null,
      request: { params: Type.Object({ problem_type: problemType }), headers: ConditionalReadHeaders },
      answers: {
        200: {
          description: 'The explanation.',
          schema: ref(ProblemExplanation),
          headers: ['Content-Language', 'ETag'],
          examples: {
            seats: { summary: 'All seats are taken', value: explanation('seat-limit-reached', 'en') },
            seats_ja: { summary: 'The same in Japanese', value: explanation('seat-limit-reached', 'ja') },
          },
        },
        304: NOT_MODIFIED,
      },
      problems: ['not-found'],
    }),
    async (request, reply) => answerExplanation(request, reply, request.params.problem_type),
  )
}

/** Refuses with 503 while the service stops, or where the database lacks this release's schema or takes no changes. */
async function readiness(database: Database, stopping: AbortSignal): Promise<{ status: 'ok' }> {
  if (stopping.aborted) throw new HttpProblem({ type: 'unavailable', because: 'stopping' })
  const [missing] = await Promise.all([missingMigrations(database), assertWritable(database)])
  if (missing.length > 0) throw new HttpProblem({ type: 'unavailable', because: 'not-migrated' })
  return { status: 'ok' }
}

function answerExplanation(request: FastifyRequest, reply: FastifyReply, problem_type: string) {
  if (!Object.hasOwn(PROBLEM_TYPES, problem_type)) throw new HttpProblem({ type: 'not-found', resource: 'problem' })
  const language = answerLanguage(request, reply)
  return answerIn(language, request, reply, explanation(problem_type as ProblemType, language))
}
