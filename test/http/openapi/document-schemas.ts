import { readFile } from 'node:fs/promises'
import { operationsOf, schemasIn, type Place } from '../../helpers/openapi-document.ts'

export const document = JSON.parse(await readFile(new URL('../../../openapi/openapi.json', import.meta.url), 'utf8'))
export const operations = operationsOf(document)

/** Every schema that requests are held to: of bodies and of parameters. */
export function requestSchemas(): Place[] {
  return operations.flatMap(({ operationId, parameters, requestBody }) => [
    ...parameters.flatMap(({ name, schema }) => schemasIn(document, schema, `${operationId} ${name}`)),
    ...Object.values(requestBody?.content ?? {}).flatMap(({ schema }) =>
      schemasIn(document, schema, `${operationId} body`),
    ),
  ])
}

export function answerSchemas(): Place[] {
  return operations.flatMap(({ operationId, responses }) =>
    Object.entries(responses).flatMap(([status, { content }]) =>
      Object.values(content ?? {}).flatMap(({ schema }) => schemasIn(document, schema, `${operationId} ${status}`)),
    ),
  )
}

export const isOf = (schema: any, type: string): boolean => [schema.type].flat().includes(type)
