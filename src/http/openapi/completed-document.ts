import { ACCEPT_LANGUAGE, sharedComponents, shareHeaders } from '#http/openapi/document-components.ts'
import type { Document, DocumentedOperation, DocumentedSchema } from '#http/openapi/document-types.ts'
import type { OperationText } from '#http/openapi/operation-text.ts'
import { type Parameter, showExample } from '#http/openapi/parameter-examples.ts'
import { boundSchemas } from '#http/openapi/published-schemas.ts'
import { documentedWebhooks } from '#http/openapi/documented-webhooks.ts'
import { shareParts } from '#http/openapi/shared-parts.ts'

/** Adds to the generated document what a route's schema has no place for. `texts` are the operations' by their ids. */
export function completed(document: Document, texts: ReadonlyMap<string, OperationText>): Document {
  const operations = Object.values(document.paths).flatMap(operations => Object.values(operations))
  const components = sharedComponents(operations.flatMap(({ responses }) => Object.values(responses)))
  for (const [path, operations] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const text = texts.get(operation.operationId ?? '')
      if (text === undefined) continue
      if (text.no_prefill ?? actsOnOne(method, path, operation)) operation['x-no-prefill'] = true
      addText(operation, text)
      shareHeaders(operation.responses)
    }
  }
  mapTags(document.components.schemas ?? {})
  document.components = { ...document.components, ...components }
  document.webhooks = documentedWebhooks()
  const finished = JSON.parse(JSON.stringify(document)) as Document // routes share examples, and keep theirs
  boundSchemas(finished)
  shareParts(finished)
  return finished
}

function addText(operation: DocumentedOperation, text: OperationText): void {
  if (text.scope !== null) {
    operation.description = `${text.description}\n\nRequires the scope \`${text.scope}\`.`
    if (text.optional_scopes !== undefined) operation['x-optional-scopes'] = text.optional_scopes
  }
  for (const parameter of operation.parameters ?? []) {
    if (!('schema' in parameter)) continue
    if (parameter.schema?.default !== undefined) parameter.required = false
    liftStyle(parameter)
    if (parameter.in === 'path') parameter.example = text.path_examples?.[parameter.name] ?? parameter.example
    // A client that sends all examples must not send one key with two requests.
    if (parameter.name === 'Idempotency-Key') parameter.example = `${text.operationId}-1`
    showExample(parameter)
  }
  operation.parameters = [...(operation.parameters ?? []), ACCEPT_LANGUAGE]
  if (text.file_body !== undefined) operation.requestBody = fileBody(text.file_body)
  if (operation.requestBody !== undefined && text.optional_body === true) operation.requestBody.required = false
  if (text.file_body === undefined)
    for (const content of Object.values(operation.requestBody?.content ?? {})) content.examples = text.request_examples
  for (const [status, { links }] of Object.entries(text.answers)) {
    const response = operation.responses[status]
    if (response !== undefined && links !== undefined) response.links = links
  }
}

/** The body of a file that the handler reads as it arrives. */
function fileBody(files: NonNullable<OperationText['file_body']>): NonNullable<DocumentedOperation['requestBody']> {
  const content = Object.entries(files).map(([type, { schema, examples }]) => [
    type,
    { schema: published(schema), examples },
  ])
  return { required: true, content: Object.fromEntries(content) }
}

/** A reference as the document has it, of one that the validator reads. */
function published({ $ref }: { $ref?: string }): object {
  return { $ref: `#/components/schemas/${($ref ?? '').replace(/#$/, '')}` }
}

/**
 * Whether an operation removes a thing or decides about one that exists: DELETE, and a POST below an id that creates
 * nothing, such as `/confirm`. A page that sends requests then fills in no example, so that the reader names the thing.
 */
function actsOnOne(method: string, path: string, { responses }: DocumentedOperation): boolean {
  if (method === 'delete') return true
  return method === 'post' && path.includes('{') && !('201' in responses) && !path.endsWith('/plan')
}

/** Says which schema each tag means. Without it, OpenAPI takes the tag for the name of a schema. */
function mapTags(schemas: Record<string, DocumentedSchema>): void {
  for (const { discriminator, oneOf = [] } of Object.values(schemas)) {
    if (discriminator === undefined) continue
    const tagOf = ($ref: string) =>
      schemas[$ref.replace(/.*\//, '')]?.properties?.[discriminator.propertyName]?.enum?.[0]
    discriminator.mapping = Object.fromEntries(oneOf.map(({ $ref }) => [tagOf($ref), $ref]))
  }
}

/** Says of a parameter, and not of its values, how several of them are written. */
function liftStyle(parameter: Parameter): void {
  const { style, explode, ...schema } = parameter.schema ?? {}
  if (style !== undefined) Object.assign(parameter, { style, explode, schema })
}
