import { notJapanese } from '../../helpers/texts.ts'
import type { Answer } from '../../helpers/test-service.ts'
import { securityHeaders } from '#http/response/security-headers.ts'
import { documentedStatus, pointer, responseOf, type FuzzDocument, type Operation } from './fuzz-document.ts'
import { validatorAt, type Ajv } from '../../helpers/document-ajv.ts'

type Validate = ReturnType<Ajv['compile']>
/** What an operation documents of its answers, by status and media type. */
type Documented = { validators: Map<string, Validate>; headers: Map<string, Set<string>> }

// Every answer has them, so that the document says them once, in words or by what HTTP is.
const GENERAL_HEADERS = new Set([
  ...Object.keys(securityHeaders({ with_tls: false })),
  'cache-control',
  'connection',
  'content-language',
  'content-length',
  'content-type',
  'date',
  'transfer-encoding',
  'vary',
])

// Judges answers by what the document says of them.
export class AnswerJudge {
  readonly #document: FuzzDocument
  readonly #ajv: Ajv
  readonly #fitsProblem: Validate
  readonly #closed_problem: Set<string>

  constructor(document: FuzzDocument, ajv: Ajv) {
    this.#document = document
    this.#ajv = ajv
    this.#fitsProblem = validatorAt(ajv, '/components/schemas/Problem')
    this.#closed_problem = new Set(Object.keys(document.components.schemas['Problem']!.properties!))
  }

  documented(path: string, method: string, operation: Operation): Documented {
    const validators = new Map<string, Validate>()
    const documentedHeaders = new Map<string, Set<string>>()
    for (const status of Object.keys(operation.responses)) {
      const { at, content = {}, headers = {} } = responseOf(this.#document, path, method, operation, status)
      documentedHeaders.set(status, new Set(Object.keys(headers).map(name => name.toLowerCase())))
      for (const media_type of Object.keys(content))
        validators.set(`${status} ${media_type}`, validatorAt(this.#ajv, `${at}/content/${pointer(media_type)}/schema`))
    }
    return { validators, headers: documentedHeaders }
  }

  /** Refuses an answer that fails, or that has a status, header, media type or body that is not documented. */
  assertDocumented(operation: Operation, documented: Documented, answer: Answer, place: string): void {
    if (answer.status >= 500) throw new Error(`a failure: ${place}`)
    const status = documentedStatus(this.#document, operation, answer.status)
    if (status === undefined) throw new Error(`not documented: ${place}`)
    if (answer.headers['request-id'] === undefined) throw new Error(`no request id: ${place}`)
    const headers = Object.keys(answer.headers).filter(
      name => !GENERAL_HEADERS.has(name) && !documented.headers.get(status)?.has(name),
    )
    if (headers.length > 0) throw new Error(`header not documented: ${headers} ${place}`)
    if (answer.status === 204 || answer.status === 304) {
      if (answer.text !== '') throw new Error(`a body: ${place}`)
    } else this.#assertBody(documented.validators.get(`${status} ${mediaTypeOf(answer)}`), answer, place)
  }

  #assertBody(validate: Validate | undefined, answer: Answer, place: string): void {
    if (validate === undefined) throw new Error(`not a documented media type: ${place}`)
    if (!validate(answer.body ?? answer.text))
      throw new Error(`does not fit its schema: ${JSON.stringify(validate.errors)} ${place}`)
    if (answer.status >= 400) this.#assertProblem(answer.body, answer.status, place)
    if (answer.headers['content-language'] === 'ja' && notJapanese(answer.body).length > 0)
      throw new Error(`not in Japanese: ${notJapanese(answer.body).join()} ${place}`)
  }

  #assertProblem(problem: any, status: number, place: string): void {
    const undocumented = Object.keys(problem).filter(name => !this.#closed_problem.has(name))
    if (!this.#fitsProblem(problem as unknown) || problem.status !== status || undocumented.length > 0)
      throw new Error(`no documented problem (${undocumented}): ${place}`)
    if (!/^\/problems\/[a-z-]+$/.test(problem.type)) throw new Error(`no problem type: ${place}`)
  }
}

export function mediaTypeOf({ headers }: Answer): string | undefined {
  return headers['content-type']?.split(';')[0]
}
