import type { Ajv, FuncKeywordDefinition } from 'ajv'
import type { FastifyRequest } from 'fastify'
import { invalidRequest } from '#http/problems/http-problem.ts'

/**
 * A client may send back whole what it has read. The validator takes a read-only field without a type off the body, so
 * that no handler sees it. A read-only field with a type stays, and an action compares it with the present value.
 */
const READ_ONLY: FuncKeywordDefinition = {
  keyword: 'readOnly',
  schemaType: 'boolean',
  modifying: true,
  errors: false,
  compile: (_isReadOnly, schema) => (_value, context) => {
    if (!('type' in schema) && context !== undefined)
      Reflect.deleteProperty(context.parentData, context.parentDataProperty)
    return true
  },
}

/** Gives `readOnly` its meaning in requests; to Ajv it is an annotation. */
export function passOverReadOnly(ajv: Ajv): void {
  ajv.removeKeyword('readOnly')
  ajv.addKeyword(READ_ONLY)
}

/**
 * Refuses a body whose id differs from the id of the same name in the path: it is of another thing. An id that is the
 * same says nothing more, and is taken off; so does null, where it means the same as absent. Runs after validation.
 */
export async function comparePathIds({ method, params, body }: FastifyRequest): Promise<void> {
  if (typeof body !== 'object' || body === null) return
  const sent = body as Record<string, unknown>
  const ids = Object.entries((params ?? {}) as Record<string, string>).filter(([name]) => Object.hasOwn(sent, name))
  const errors = ids
    .filter(([name, id]) => sent[name] !== id && !(method !== 'PATCH' && sent[name] === null))
    .map(([name]) => ({ in: 'body' as const, pointer: `#/${name}`, code: 'read-only' as const }))
  if (errors.length > 0) throw invalidRequest(...errors)
  for (const [name] of ids) delete sent[name]
}
