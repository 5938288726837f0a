import type { FastifyReply, FastifyRequest } from 'fastify'
import { languageOf, type Language } from '#http/problems/language.ts'
import { VARY } from '#http/response/headers.ts'

/** The language of an answer with texts for people. Its headers name the language, and say that others exist. */
export function answerLanguage({ headers }: FastifyRequest, reply: FastifyReply): Language {
  const language = languageOf(headers['accept-language'])
  const vary = String(reply.getHeader('vary') ?? VARY)
  void reply.headers({
    'content-language': language,
    vary: vary.includes('accept-language') ? vary : `${vary}, accept-language`,
  })
  return language
}
