import type { FastifySwaggerUiOptions } from '@fastify/swagger-ui'
import {
  ACCOUNT_ID,
  API_CLIENT_ID,
  API_KEY_ID,
  CHANGE_REQUEST_ID,
  CONTACT_ID,
  ENTITY_TAG,
} from '#http/schemas/examples.ts'

// The ids of contacts, accounts, change requests, API clients and keys are born here, so no example can know them beforehand. In the
// explorer the examples' ids stand for what was answered last, and the example of a roster's entity tag for the roster
// that was read last, so that 'Try it out' works as it is.
// Both functions are sent to the browser as text: they use nothing from outside.
const rememberIds = `function (response) {
  var last = response.obj && (response.obj.items ? response.obj.items[response.obj.items.length - 1] : response.obj)
  if (last && last.contact_id) sessionStorage.setItem('${CONTACT_ID}', last.contact_id)
  if (last && last.account_id) sessionStorage.setItem('${ACCOUNT_ID}', last.account_id)
  if (last && last.change_request_id) sessionStorage.setItem('${CHANGE_REQUEST_ID}', last.change_request_id)
  if (last && last.client_id) sessionStorage.setItem('${API_CLIENT_ID}', last.client_id)
  if (last && last.keys && last.keys.length) sessionStorage.setItem('${API_KEY_ID}', last.keys[0].key_id)
  if (/\\/roster$/.test(response.url) && response.headers.etag) sessionStorage.setItem('roster', response.headers.etag)
  return response
}`
const useIds = `function (request) {
  if (request.headers['If-Match'] === '${ENTITY_TAG}') request.headers['If-Match'] = sessionStorage.getItem('roster') || '${ENTITY_TAG}'
  for (var id of ['${CONTACT_ID}', '${ACCOUNT_ID}', '${CHANGE_REQUEST_ID}', '${API_CLIENT_ID}', '${API_KEY_ID}']) {
    var seen = sessionStorage.getItem(id)
    if (seen) {
      request.url = request.url.split(id).join(seen)
      if (typeof request.body === 'string') request.body = request.body.split(id).join(seen)
    }
  }
  return request
}`

/** Code that the explorer's page runs as it stands: the plugin prints a function's own text. */
function browserFunction(source: string): never {
  return Object.assign(() => {}, { toString: () => source }) as never
}

// What the plugin would allow itself reaches further, and turns requests into HTTPS, which this service does not speak.
const CONTENT_SECURITY_POLICY = {
  'default-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'img-src': ["'self'", 'data:'],
  'object-src': "'none'",
  'style-src': ["'self'", "'unsafe-inline'"], // Swagger UI writes style attributes
}

/** Swagger UI on the published document: everything it loads comes from this service. */
export const swaggerUiOptions: FastifySwaggerUiOptions = {
  routePrefix: '/docs',
  staticCSP: CONTENT_SECURITY_POLICY,
  uiConfig: {
    layout: 'BaseLayout', // without the bar that asks for another document
    persistAuthorization: true,
    displayRequestDuration: true,
    docExpansion: 'list',
    tryItOutEnabled: true,
    responseInterceptor: browserFunction(rememberIds),
    requestInterceptor: browserFunction(useIds),
  },
  theme: { title: 'Madoguchi' },
}
