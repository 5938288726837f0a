import { sql, type RawBuilder } from 'kysely'
import type { Db } from '#db/driver/database.ts'
import { compiled } from '#db/driver/statement.ts'
import { CONTACT_COLUMNS, mailboxShared } from '#db/fragments.ts'
import { containsWords, foundByName } from '#db/name-parts.ts'
import type { Contact } from '#domain/contact.ts'
import { FIRST_UUID } from '#domain/first-uuid.ts'

/** What contacts are searched for by; a contact has to fit all of it. */
export type ContactSearch = {
  /** Parts of the name, in the form of `searchText`. */
  words: readonly string[]
  email_key?: string
  /** A domain in ASCII, as the keys of addresses have it. */
  domain?: string
  customer_id?: string
  contract_id?: string
  include_removed: boolean
  /** Whether the name finds fewer contacts than all else does. */
  is_name_first: boolean
}

/** A place in a search: after a contact, and where the name leads, after a part of its name. */
export type SearchPosition = { contact_id: string; part?: string; is_removed?: boolean }

export type FoundContact = Contact & { part?: string }

type SearchPage = { after: SearchPosition | null; limit: number }

const SEARCH_TEXT = sql.ref('contacts.search_text')
const DOMAIN = sql`split_part(contacts.email_key, '@', 2)`
const COLUMNS = sql.join(CONTACT_COLUMNS.map(column => sql.ref(`contacts.${column}`)))

/** `today` is the day on which a mailbox is shared or not. */
type SearchOnDay = ContactSearch & { today: string }

const columnsOn = (today: string): RawBuilder<unknown> => sql`${COLUMNS}, ${mailboxShared(today)} as mailbox_shared`

/**
 * A page of the contacts that a search finds: by a name in the order of the parts found, the removed ones last; else in
 * the order of their registration.
 */
export async function listFoundContacts(
  db: Db,
  search: ContactSearch,
  page: SearchPage,
  today: string,
): Promise<FoundContact[]> {
  const isByName = search.words.length > 0 && search.is_name_first
  return await db.run(
    compiled(isByName ? byName({ ...search, today }, page) : byRegistration({ ...search, today }, page)),
  )
}

function byName(search: SearchOnDay, { after, limit }: SearchPage): RawBuilder<FoundContact> {
  const present = foundAmong(search, { after: after?.is_removed === false ? after : null, limit }, false)
  if (!search.include_removed) return present
  if (after?.is_removed === true) return foundAmong(search, { after, limit }, true)
  return sql`
    (${present}) union all (${foundAmong(search, { after: null, limit }, true)})
    limit ${limit}`
}

function foundAmong(search: SearchOnDay, { after, limit }: SearchPage, is_removed: boolean): RawBuilder<FoundContact> {
  return foundByName({
    parts: { table: 'contact_name_parts', id: 'contact_id', only: sql`is_removed = ${is_removed}` },
    words: search.words,
    after: after === null ? undefined : { part: after.part ?? '', id: after.contact_id },
    limit,
    named: {
      columns: columnsOn(search.today),
      from: sql`from contacts where contacts.contact_id = part.contact_id and ${fits(search)}`,
      searchText: SEARCH_TEXT,
    },
  })
}

function byRegistration(search: SearchOnDay, { after, limit }: SearchPage): RawBuilder<FoundContact> {
  const { words, domain } = search
  const contact_id = after?.contact_id ?? FIRST_UUID
  // A range of one domain, because with an equation Postgres might rather look through all contacts in their order.
  const position =
    domain === undefined || isNarrowed(search)
      ? { isAfter: sql`contact_id > ${contact_id}`, order: sql`contact_id` }
      : { isAfter: sql`(${DOMAIN}, contact_id) > (${domain}, ${contact_id}::uuid)`, order: sql`${DOMAIN}, contact_id` }
  return sql`
    select ${columnsOn(search.today)} from contacts
    where ${position.isAfter} and ${fits(search)}
      and ${words.length === 0 ? sql`true` : containsWords(SEARCH_TEXT, words)}
    order by ${position.order}
    limit ${limit}`
}

function isNarrowed({ email_key, customer_id, contract_id }: ContactSearch): boolean {
  return [email_key, customer_id, contract_id].some(value => value !== undefined)
}

function fits({ email_key, domain, customer_id, contract_id, include_removed }: ContactSearch): RawBuilder<boolean> {
  const conditions = [
    ...(include_removed ? [] : [sql`contacts.removed_at is null`]),
    ...(customer_id === undefined ? [] : [sql`contacts.customer_id = ${customer_id}`]),
    ...(contract_id === undefined ? [] : [sql`contacts.contract_id = ${contract_id}`]),
    ...(email_key === undefined ? [] : [sql`contacts.email_key = ${email_key}`]),
    ...(domain === undefined ? [] : [sql`${DOMAIN} <= ${domain} and ${DOMAIN} >= ${domain}`]),
  ]
  return conditions.length === 0 ? sql`true` : sql`${sql.join(conditions, sql` and `)}`
}
