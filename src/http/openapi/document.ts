import { readFileSync } from 'node:fs'
import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { registeredComponents } from '#http/openapi/component.ts'
import {
  ACCEPT_LANGUAGE,
  sharedComponents,
  shareResponses,
  type DocumentedResponse,
} from '#http/openapi/document-components.ts'
import { introduction } from '#http/openapi/introduction.ts'
import { operationTexts } from '#http/openapi/operation.ts'
import { SCOPES } from '#http/auth/scopes.ts'
import { TAGS } from '#http/openapi/tags.ts'

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

/** Collects the published document from the routes that are registered after it. */
export async function documentRoutes(app: FastifyInstance): Promise<void> {
  for (const schema of registeredComponents()) app.addSchema(schema)
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Madoguchi',
        summary: 'The registry of authorised support contacts',
        version,
        description: introduction(),
        contact: {
          name: 'Madoguchi maintainers',
          url: 'https://madoguchi.example.com',
          email: 'madoguchi@example.com',
        },
        license: { name: 'MIT', identifier: 'MIT' },
      } as never, // info.summary is OpenAPI 3.1, which the types do not know
      servers: [{ url: '/', description: 'The service that serves this document.' }],
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      components: {
        securitySchemes: {
          api_key: {
            type: 'http',
            scheme: 'bearer',
            description: `An API key, sent as \`Authorization: Bearer <key>\`: \`mdg_\`, the environment that it is of, a secret, and a checksum. What its client may do is a set of scopes:\n\n${scopeTable()}`,
          },
          access_token: {
            type: 'http',
            scheme: 'bearer',
            bearerFormat: 'JWT',
            description:
              "An OAuth 2.0 access token (RFC 9068) of the company's identity provider, sent as `Authorization: Bearer <token>`, where the service is configured to take them. It has to be signed with an asymmetric key of the provider, for this service, with an `exp`; `client_id` or `azp` names the client, `sub` by an opaque id the person, and `scope` lists the same scopes.",
          },
        },
      },
    },
    refResolver: {
      buildLocalReference: ({ $id }, _base, _fragment, index) => (typeof $id === 'string' ? $id : `schema-${index}`),
    },
    transformObject: document =>
      completed('openapiObject' in document ? (document.openapiObject as Document) : ({} as Document)) as never,
  })
}

/** The published document, as it is served and committed: the same bytes. */
export function documentJson(app: FastifyInstance): string {
  return `${JSON.stringify(app.swagger(), null, 2)}\n`
}

type Parameter = { in: string; required?: boolean; schema?: { default?: unknown } }
type DocumentedOperation = {
  operationId?: string
  description?: string
  security?: unknown
  parameters?: (Parameter | { $ref: string })[]
  requestBody?: { content: Record<string, { examples?: unknown }> }
  responses: Record<string, DocumentedResponse>
  [extension: `x-${string}`]: unknown
}
type DocumentedSchema = {
  discriminator?: { propertyName: string; mapping?: object }
  oneOf?: { $ref: string }[]
  properties?: Record<string, { enum?: string[] }>
}
type Document = {
  components: { schemas?: Record<string, DocumentedSchema> }
  paths: Record<string, Record<string, DocumentedOperation>>
}

/** Adds to the generated document what a route's schema has no place for. */
function completed(document: Document): Document {
  const components = sharedComponents()
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const text = operationTexts.get(operation.operationId ?? '')
      if (text === undefined) continue
      if (text.scope !== null) {
        operation.description = `${text.description}\n\nNeeds the scope \`${text.scope}\`.`
        operation['x-required-scope'] = text.scope
        if (text.optional_scopes !== undefined) operation['x-optional-scopes'] = text.optional_scopes
      }
      if (text.no_prefill ?? actsOnOne(method, path, operation)) operation['x-no-prefill'] = true
      for (const parameter of operation.parameters ?? []) {
        if ('schema' in parameter && parameter.schema?.default !== undefined) parameter.required = false // a default makes it optional
      }
      operation.parameters = [...(operation.parameters ?? []), ACCEPT_LANGUAGE]
      for (const content of Object.values(operation.requestBody?.content ?? {}))
        content.examples = text.request_examples
      for (const [status, { links }] of Object.entries(text.answers)) {
        if (links !== undefined) operation.responses[status]!.links = links
      }
      shareResponses(operation, components)
    }
  }
  mapTags(document.components.schemas ?? {})
  document.components = { ...document.components, ...components }
  return document
}

/**
 * Whether an operation removes a thing or decides about one that exists: DELETE, and a POST below an id that creates
 * nothing, such as `/confirm`. A page that sends requests then fills in no example, so that the reader names the thing.
 */
function actsOnOne(method: string, path: string, { responses }: DocumentedOperation): boolean {
  if (method === 'delete') return true
  return method === 'post' && path.includes('{') && !('201' in responses) && !path.endsWith('/plan')
}

/** Without a mapping, a tag would have to be the name of its schema; the validator takes none. */
function mapTags(schemas: Record<string, DocumentedSchema>): void {
  for (const { discriminator, oneOf = [] } of Object.values(schemas)) {
    if (discriminator === undefined) continue
    const tagOf = ($ref: string) =>
      schemas[$ref.split('/').at(-1)!]?.properties?.[discriminator.propertyName]?.enum?.[0]
    discriminator.mapping = Object.fromEntries(oneOf.map(({ $ref }) => [tagOf($ref), $ref]))
  }
}

function scopeTable(): string {
  return [
    '| scope | allows |',
    '| --- | --- |',
    ...Object.entries(SCOPES).map(([scope, text]) => `| \`${scope}\` | ${text} |`),
  ].join('\n')
}
