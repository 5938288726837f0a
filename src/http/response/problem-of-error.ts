import type { FastifyError } from 'fastify'
import { outageOf, refusalOfViolation } from '#db/driver/failure.ts'
import type { ProblemFacts } from '#http/problems/facts-by-type.ts'
import { HttpProblem, unfit } from '#http/problems/http-problem.ts'
import { BODY_LIMIT } from '#http/request/body-size.ts'
import { URL_TOO_LONG } from '#http/request/request-head.ts'
import { validationErrors } from '#http/request/validation.ts'

const FRAMEWORK_PROBLEMS: Record<string, ProblemFacts> = {
  FST_ERR_CTP_BODY_TOO_LARGE: { type: 'payload-too-large', limit_bytes: BODY_LIMIT },
  FST_ERR_CTP_INVALID_MEDIA_TYPE: { type: 'unsupported-media-type', media_types: ['application/json'] },
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: unfit({ pointer: '#', code: 'content-length' }),
  FST_ERR_BAD_URL: unfit({ in: 'path', pointer: '#', code: 'malformed-url' }),
  FST_ERR_MAX_PARAM_LENGTH: unfit({ in: 'path', pointer: '#', code: 'too-long' }),
  FST_ERR_NOT_FOUND: { type: 'not-found', resource: 'path' },
}

/** The problem that an error means to the client. An error that the service does not know is its own fault. */
export function problemOfError(error: FastifyError | Error): ProblemFacts {
  if (error instanceof HttpProblem) return error.facts
  if ('validation' in error && error.validation !== undefined)
    return unfit(...validationErrors(error.validation, error.validationContext ?? 'body'))
  const violated = refusalOfViolation(error)
  if (violated !== undefined) return violated
  const outage = outageOf(error)
  if (outage !== undefined) return { type: 'unavailable', because: outage }
  const known = 'code' in error ? FRAMEWORK_PROBLEMS[error.code] : undefined
  if (known !== undefined) return known
  return problemOfStatus('statusCode' in error ? error.statusCode : undefined)
}

// Plugins refuse with a status alone. Of what they serve, files are the only thing that they forbid or do not find.
const STATUS_PROBLEMS: Record<number, ProblemFacts> = {
  403: { type: 'not-found', resource: 'path' },
  404: { type: 'not-found', resource: 'path' },
  412: { type: 'precondition-failed', current_etag: null },
  413: { type: 'payload-too-large', limit_bytes: BODY_LIMIT },
  414: URL_TOO_LONG,
  431: { type: 'header-fields-too-large' },
  503: { type: 'unavailable', because: 'overloaded' },
}

/** The problem of a plugin's status. A status below 500 means that the request is at fault, so it never becomes 500. */
function problemOfStatus(status = 500): ProblemFacts {
  const known = STATUS_PROBLEMS[status]
  if (known !== undefined) return known
  return status >= 400 && status < 500 ? unfit({ pointer: '#', code: 'malformed' }) : { type: 'internal-error' }
}
