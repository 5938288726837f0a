import { readFileSync } from 'node:fs'
import swaggerUi, { type FastifySwaggerUiOptions } from '@fastify/swagger-ui'
import type { FastifyInstance } from 'fastify'
import type { DocsMode } from '#config/docs-mode.ts'
import {
  emptyBoxesPlugin,
  foldedAnswersPlugin,
  hiddenKeyPlugin,
  readOnlyPlugin,
} from '#http/openapi/swagger-ui-plugins.ts'

// The plugin's own policy allows more, and turns requests into HTTPS, which this service may not offer.
const CONTENT_SECURITY_POLICY = {
  'default-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'img-src': ["'self'", 'data:'],
  'object-src': "'none'",
  'style-src': ["'self'", "'unsafe-inline'"], // Swagger UI writes style attributes
}

type UiConfig = NonNullable<FastifySwaggerUiOptions['uiConfig']>

/**
 * Serves Swagger UI on the published document at /docs, unless it is off, and leads to it from `/`. The page loads only
 * from this service.
 */
export async function serveDocsPage(app: FastifyInstance, mode: DocsMode): Promise<void> {
  const start = mode === 'off' ? '/openapi.json' : '/docs'
  app.get('/', { schema: { hide: true } }, async (_request, reply) => reply.redirect(start, 302))
  if (mode === 'off') return
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: CONTENT_SECURITY_POLICY,
    uiConfig: uiConfig(mode),
    theme: {
      title: 'Madoguchi',
      css: [{ filename: 'madoguchi.css', content: textOf('swagger-ui.css') }],
      js: [{ filename: 'viewport.js', content: textOf('swagger-ui-viewport.js') }],
    },
  })
}

/**
 * The page sends what it shows: no interceptor changes a request. The key is kept in the page's memory alone, because
 * `persistAuthorization` would write it to the local storage.
 */
function uiConfig(mode: 'read' | 'try'): UiConfig {
  return {
    layout: 'BaseLayout', // without the bar that asks for another document
    persistAuthorization: false,
    displayRequestDuration: true,
    docExpansion: 'list',
    displayOperationId: true,
    deepLinking: true,
    filter: true,
    defaultModelsExpandDepth: -1, // every schema is shown where it is used
    ...(mode === 'try' ? { tryItOutEnabled: true } : { supportedSubmitMethods: [] }),
    plugins: [
      browserFunction('() => SwaggerUIBundle.plugins.DownloadUrl'), // the default, which this list would replace
      ...(mode === 'try' ? [emptyBoxesPlugin, hiddenKeyPlugin] : [readOnlyPlugin]),
      foldedAnswersPlugin,
    ] as unknown as NonNullable<UiConfig['plugins']>, // the plugin writes the text of any function
  }
}

function textOf(file: string): string {
  return readFileSync(new URL(file, import.meta.url), 'utf8')
}

function browserFunction(source: string): () => void {
  return Object.assign(() => {}, { toString: () => source })
}
