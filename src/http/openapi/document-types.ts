import type { DocumentedResponse } from '#http/openapi/document-components.ts'
import type { Parameter } from '#http/openapi/parameter-examples.ts'

export type DocumentedOperation = {
  operationId?: string
  description?: string
  security?: unknown
  parameters?: (Parameter | { $ref: string })[]
  requestBody?: { required?: boolean; content: Record<string, { examples?: unknown }> }
  responses: Record<string, DocumentedResponse>
  [extension: `x-${string}`]: unknown
}

export type DocumentedSchema = {
  discriminator?: { propertyName: string; mapping?: object }
  oneOf?: { $ref: string }[]
  properties?: Record<string, { enum?: string[] }>
}

export type Document = {
  components: { schemas?: Record<string, DocumentedSchema> }
  paths: Record<string, Record<string, DocumentedOperation>>
  webhooks?: Record<string, object>
}
