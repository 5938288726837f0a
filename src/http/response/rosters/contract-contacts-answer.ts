import type { FastifyReply, FastifyRequest } from 'fastify'
import { positionAfter, type ContactFilter } from '#db/rosters/contact-pages.ts'
import { contactView, type ContactView, type Contact } from '#domain/contact.ts'
import type { Unknown } from '#domain/vocabulary.ts'
import { answer } from '#http/request/conditions.ts'
import { unknownPage } from '#http/request/paging.ts'
import { answerPage } from '#http/response/page-answer.ts'

/** Answers a page of the present contacts. */
export function answerContacts(
  request: FastifyRequest,
  reply: FastifyReply,
  contacts: readonly Contact[],
  filter: ContactFilter,
) {
  return answerPage(request, reply, contacts, contact => positionAfter(contact, filter), contactView)
}

/** Answers a page of the contacts of a past moment, or why nothing is known of that moment. */
export function answerPastContacts(request: FastifyRequest, reply: FastifyReply, contacts: ContactView[] | Unknown) {
  if (typeof contacts === 'string') return answer(request, reply, unknownPage(contacts))
  return answerPage(
    request,
    reply,
    contacts,
    ({ contact_id }) => contact_id,
    contact => contact,
  )
}
