import { readFileSync } from 'node:fs'
import swagger from '@fastify/swagger'
import type { FastifyInstance } from 'fastify'
import { SCOPES } from '#domain/api-clients/scopes.ts'
import { completed } from '#http/openapi/completed-document.ts'
import type { Document } from '#http/openapi/document-types.ts'
import type { NamedSchema } from '#http/schemas/named-schema.ts'
import { INTRODUCTION } from '#http/openapi/introduction.ts'
import type { OperationText } from '#http/openapi/operation-text.ts'
import { TAGS } from '#http/openapi/tags.ts'

type SecurityScheme = { type: 'http'; scheme: 'bearer'; bearerFormat?: 'JWT'; description: string }

const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

const SERVER = {
  url: '/',
  description: 'The service that serves this document, in production, in a test or on a local machine.',
  'x-internal': false, // all who read the document may use it
}

/** Collects the document from the routes that are registered later. `components` are their named schemas. */
export async function describeRoutes(app: FastifyInstance, components: readonly NamedSchema[]): Promise<void> {
  for (const schema of components.toSorted((a, b) => (a.$id < b.$id ? -1 : 1))) app.addSchema(schema)
  const texts = new Map<string, OperationText>()
  app.addHook('onRoute', ({ config }) => {
    if (config?.documented !== undefined) texts.set(config.documented.operationId, config.documented)
  })
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: info(),
      servers: [SERVER],
      tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
      components: { securitySchemes: { api_key: apiKey(), access_token: ACCESS_TOKEN } },
    },
    refResolver: {
      buildLocalReference: ({ $id }, _base, _fragment, index) => (typeof $id === 'string' ? $id : `schema-${index}`),
    },
    transformObject: document => completed(('openapiObject' in document && document.openapiObject) as Document, texts),
  })
}

function info() {
  return {
    title: 'Madoguchi',
    summary: 'The registry of authorised support contacts',
    version,
    description: INTRODUCTION,
    contact: {
      name: 'Madoguchi maintainers',
      url: 'https://madoguchi.example.com',
      email: 'madoguchi@example.com',
    },
    license: { name: 'MIT', identifier: 'MIT' },
  }
}

function apiKey(): SecurityScheme {
  return {
    type: 'http',
    scheme: 'bearer',
    description:
      'An API key, sent as `Authorization: Bearer <key>`: `mdg_`, the name of its environment, a secret, and a ' +
      'checksum. ' +
      `What its client may do is a set of scopes:\n\n${scopeTable()}`,
  }
}

const ACCESS_TOKEN: SecurityScheme = {
  type: 'http',
  scheme: 'bearer',
  bearerFormat: 'JWT',
  description:
    "An OAuth 2.0 access token (RFC 9068) of the company's identity provider, sent as `Authorization: Bearer " +
    '<token>`, if the service is configured to accept them. It must be signed with an asymmetric key of the ' +
    'provider, be meant for this service, and have an `exp`. `client_id` or `azp` names the client, `sub` ' +
    'identifies the person by an opaque id, and `scope` lists the same scopes. Algorithm, signature, issuer, ' +
    'audience and times are checked as RFC8725 requires.',
}

/** The published document as it is committed: laid out, so that a change of it can be read line by line. */
export function committedDocument(app: FastifyInstance): string {
  return `${JSON.stringify(app.swagger(), null, 2)}\n`
}

/** The published document as it is served: the same, without white space. */
export function documentText(app: FastifyInstance): string {
  return JSON.stringify(app.swagger())
}

function scopeTable(): string {
  return [
    '| scope | allows |',
    '| --- | --- |',
    ...Object.entries(SCOPES).map(([scope, text]) => `| \`${scope}\` | ${text} |`),
  ].join('\n')
}
