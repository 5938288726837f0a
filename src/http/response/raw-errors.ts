import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { isReadSlowly } from '#http/request/arriving-files.ts'
import type { ProblemFacts } from '#http/problems/facts-by-type.ts'
import { unfit } from '#http/problems/http-problem.ts'
import { problemDocument, type ProblemDocument } from '#http/problems/problem-document.ts'
import { requestId } from '#http/request/request-id.ts'

const CLIENT_ERRORS: Record<string, ProblemFacts> = {
  HPE_HEADER_OVERFLOW: { type: 'header-fields-too-large' },
  ERR_HTTP_REQUEST_TIMEOUT: { type: 'request-timeout' },
}

/** Keeps Node from answering without a problem document: an unknown expectation is ignored, a tunnel is refused. */
export function answerRawRequests(server: Server, security: Record<string, string>): void {
  // HTTP/0.9 has no header fields, and its answers no status: a reader could take them for anything.
  server.prependListener('request', ({ httpVersion, socket }) => {
    if (httpVersion === '0.9') socket.destroy()
  })
  server.on('checkExpectation', (request, response) => server.emit('request', request, response))
  server.on('connect', (_request, socket) => answerClientError(security)(new Error('CONNECT'), socket as Socket))
}

/** Answers data that is not HTTP, in English: the parser gives no request, only the connection. */
export function answerClientError(
  security: Record<string, string>,
): (error: Error & { code?: string }, socket: Socket) => void {
  const fields = Object.entries(security)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join('')
  return (error, socket) => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return
    if (error.code === 'ERR_HTTP_REQUEST_TIMEOUT' && isReadSlowly(socket)) return
    const document = problemDocument(
      CLIENT_ERRORS[error.code ?? ''] ?? unfit({ pointer: '#', code: 'malformed-http' }),
      requestId({ headers: {} }),
      'en',
    )
    if (socket.writable) socket.write(rawAnswer(document, fields))
    socket.destroySoon()
  }
}

/** A whole HTTP answer with a problem document. `fields` are further header lines. */
function rawAnswer(document: ProblemDocument, fields: string): string {
  const body = JSON.stringify(document)
  return [
    `HTTP/1.1 ${document.status} ${document.title}`,
    `Request-Id: ${document.instance}`,
    'Content-Type: application/problem+json',
    'Content-Language: en',
    'Cache-Control: no-store',
    `Content-Length: ${Buffer.byteLength(body)}`,
    `Connection: close\r\n${fields}`,
    body,
  ].join('\r\n')
}
