import createRouter from 'find-my-way'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { isBelowApi } from '#http/limits/admission.ts'
import type { Admit } from '#http/auth/authentication.ts'
import { HttpProblem } from '#http/problems/http-problem.ts'

/**
 * Answers requests that no route takes: 405 with `Allow` where the path has other methods, OPTIONS with the methods of
 * the path, else 404. Below /v1 a request without a valid key gets 401, so that no client explores without a key. Has
 * to be called before any route is registered.
 */
export function answerUnrouted(app: FastifyInstance, admit: Admit): void {
  const paths = createRouter({ maxParamLength: 2000 })
  const known = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    if (url === '*') return // the preflight route of cors.ts, which is no path
    const methods = known.get(url) ?? new Set(['OPTIONS'])
    if (!known.has(url)) paths.on('GET', url, () => {}, methods)
    for (const one of [method].flat()) methods.add(one)
    known.set(url, methods)
  })
  const answer = async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const path = request.url.split('?', 1)[0] ?? '/'
    const methods = paths.find('GET', path)?.store as Set<string> | undefined
    const allow = [...(methods ?? [])].toSorted()
    if (isBelowApi(request)) request.client = await admit(request, reply)
    if (methods !== undefined && request.method === 'OPTIONS')
      return await reply.code(204).header('allow', allow.join(', ')).send()
    if (methods === undefined || methods.has(request.method))
      throw new HttpProblem({ type: 'not-found', resource: 'path' }) // a route of files, without this file
    throw new HttpProblem({ type: 'method-not-allowed', allow })
  }
  // Before the body is read, because without a route no body can be judged.
  app.addHook('onRequest', async (request, reply) =>
    request.is404 || request.routeOptions.url === '*' ? await answer(request, reply) : undefined,
  )
  app.setNotFoundHandler(answer)
}
