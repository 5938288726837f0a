import type { Answer, Call } from './test-service.ts'
import { fillContract, person, putContract, register } from './fixtures.ts'

/** What a write finds: contracts of one customer whose ids begin with `name`, and their contacts by a word. */
export type Place = {
  name: string
  call: Call
  /** 山田, the primary; 副1 and 副2, secondaries with their own addresses; 佐藤 and 伊藤, who share one. */
  contacts: Record<'primary' | 'first' | 'second' | 'sato' | 'ito' | 'elsewhere', any>
  /** Adds who asks to a body; nothing where no person asks. */
  asked: (body: object) => object
}

/** A write that may need the primary's confirmation, and what happens before it. */
export type FiledWrite = {
  operationId: string
  prepare?: (place: Place) => Promise<unknown>
  write: (place: Place) => Promise<Answer>
}

const NOTICE_OF_THEN = { privacy_notice_version: '2024-01', privacy_notice_shown_at: '2024-02-03T04:05:06.000Z' }
const OVERRIDE = { name_override: { reason: 'Confirmed by phone with the person.' } }
const DOUBLED = { family_name: '情報システム部', given_name: null, ...OVERRIDE }

/** Two contracts of a customer of its own: seven seats, of which two are free, and one of three. */
export async function placeNamed(call: Call, name: string, asked: Place['asked']): Promise<Place> {
  const fields = { customer_id: name, app_ids: ['attendance', 'man_hours', 'expenses'] }
  const [primary, first, second] = await fillContract(call, name, 2, fields)
  const email = `desk@${name}.example.jp`
  const sato = await register(call, name, { family_name: '佐藤', email })
  const ito = await register(call, name, { family_name: '伊藤', email, shared_mailbox: true })
  await putContract(call, `${name}-2`, { customer_id: name })
  const elsewhere = await register(call, `${name}-2`, {
    role: 'primary',
    family_name: '副1',
    given_name: null,
    email: first.email,
  })
  return { name, call, asked, contacts: { primary, first, second, sato, ito, elsewhere } }
}

const newcomer = ({ name }: Place, fields: object = {}): object => ({
  ...person({
    family_name: '新田',
    given_name: '葵',
    email: `Nitta@${name}.example.jp`,
    duties: ['system', 'contract'],
  }),
  ...NOTICE_OF_THEN,
  ...fields,
})
const add = (fields: (place: Place) => object): FiledWrite => ({
  operationId: 'registerContact',
  write: async place =>
    await place.call('POST', `/v1/contracts/${place.name}/contacts`, place.asked(newcomer(place, fields(place)))),
})
const patch = (whom: keyof Place['contacts'], fields: (place: Place) => object): FiledWrite => ({
  operationId: 'updateContact',
  write: async place =>
    await place.call('PATCH', `/v1/contacts/${place.contacts[whom].contact_id}`, place.asked(fields(place))),
})
const handOver = (body: (place: Place) => object): FiledWrite => ({
  operationId: 'handOverPrimary',
  write: async place => await place.call('PUT', `/v1/contracts/${place.name}/primary`, place.asked(body(place))),
})
const changePerson = (body: (place: Place) => object): FiledWrite => ({
  operationId: 'changePerson',
  write: async place => await place.call('POST', '/v1/person-changes', place.asked(body(place))),
})
const restore = (
  whom: keyof Place['contacts'],
  body: object = {},
  before: (place: Place) => Promise<unknown> = async () => {},
  after: (place: Place) => Promise<unknown> = async () => {},
): FiledWrite => ({
  operationId: 'restoreContact',
  prepare: async place => {
    await before(place)
    await place.call('DELETE', `/v1/contacts/${place.contacts[whom].contact_id}`)
    await after(place)
  },
  write: async place =>
    await place.call('POST', `/v1/contacts/${place.contacts[whom].contact_id}/restore`, place.asked(body)),
})
const listed = (change: (place: Place, contacts: any[]) => object): FiledWrite => ({
  operationId: 'putRoster',
  write: async place => {
    const path = `/v1/contracts/${place.name}/roster`
    const { body, headers } = await place.call('GET', path)
    return await place.call('PUT', path, place.asked(change(place, body.contacts)), { 'if-match': headers['etag']! })
  },
})
const without = (contacts: any[], ...removed: any[]): any[] =>
  contacts.filter(({ contact_id }) => !removed.some(other => other.contact_id === contact_id))

/** Every write that may answer `confirmation-required`, in every form in which it says something of its own. */
export const FILED_WRITES: Record<string, FiledWrite> = {
  'a new contact': add(() => ({})),
  'a new contact without a given name, whose notice is shown then': add(() => ({
    given_name: null,
    duties: [],
    privacy_notice_version: '2026-01',
    privacy_notice_shown_at: null,
  })),
  'a new contact at a shared mailbox': add(({ contacts }) => ({ email: contacts.first.email, shared_mailbox: true })),
  'a new contact whose name is vouched for': add(() => DOUBLED),
  'a new contact with a title': add(() => ({ family_name: '新田', given_name: '葵様' })),
  'another name and address of a contact': patch('primary', ({ name }) => ({
    family_name: '大和',
    given_name: null,
    email: `Yamato@${name}.example.jp`,
  })),
  'duties and a privacy notice': patch('second', () => ({ duties: ['operations'], ...NOTICE_OF_THEN })),
  'duties and a name taken away': patch('sato', () => ({ duties: null, given_name: null })),
  'another mailbox, which is shared': patch('second', ({ name }) => ({
    email: `desk@${name}.example.jp`,
    shared_mailbox: true,
  })),
  'a name that is vouched for': patch('second', () => DOUBLED),
  'the role for a contact': handOver(({ contacts }) => ({ contact_id: contacts.second.contact_id })),
  'the role and the seat': handOver(({ contacts }) => ({
    contact_id: contacts.first.contact_id,
    former_primary: 'removed',
  })),
  'the role for a new person': handOver(place => ({ new_contact: newcomer(place) })),
  'the role and the seat for a new person': handOver(place => ({
    new_contact: newcomer(place, { ...DOUBLED, shared_mailbox: true, email: place.contacts.sato.email }),
    former_primary: 'removed',
  })),
  'another name and address of a person': changePerson(({ name, contacts }) => ({
    contact_id: contacts.first.contact_id,
    changes: { family_name: '岡', given_name: '花子', email: `oka@${name}.example.jp` },
  })),
  'a vouched name at a shared mailbox of a person': changePerson(({ contacts }) => ({
    contact_id: contacts.elsewhere.contact_id,
    changes: { family_name: '情報システム部', email: contacts.sato.email },
    shared_mailbox: true,
    ...OVERRIDE,
  })),
  'a person who leaves without a successor': changePerson(({ contacts }) => ({
    contact_id: contacts.first.contact_id,
    leaves: true,
  })),
  'a person who leaves, with successors': {
    ...changePerson(place => ({
      contact_id: place.contacts.first.contact_id,
      leaves: true,
      successors: [
        { contract_id: `${place.name}-2`, new_contact: newcomer(place, { name: '新田 葵', ...NOTICE_OF_THEN }) },
      ],
    })),
    prepare: async ({ call, name }) =>
      await register(call, `${name}-2`, { family_name: '林', email: `hayashi@${name}.example.jp` }),
  },
  'a contact back': restore('second', {}, async ({ call, contacts }) => {
    await call('PATCH', `/v1/contacts/${contacts.second.contact_id}`, { duties: ['system'], ...NOTICE_OF_THEN })
  }),
  'a contact back at a shared mailbox': restore('ito'),
  'a contact back together with a newcomer': restore('second', { shared_mailbox: true }, undefined, async place => {
    await register(place.call, place.name, { family_name: '森', email: place.contacts.second.email })
  }),
  'a former primary back as a secondary': restore(
    'primary',
    { role: 'secondary' },
    async ({ call, name, contacts }) => {
      await call('PUT', `/v1/contracts/${name}/primary`, { contact_id: contacts.second.contact_id })
    },
  ),
  'a contact back whose name was vouched for': restore('second', {}, async ({ call, contacts }) => {
    await call('PATCH', `/v1/contacts/${contacts.second.contact_id}`, DOUBLED)
  }),
  'a contact back under the name of now': restore('first', {}, undefined, async ({ call, name, contacts }) => {
    const changes = { family_name: '岡', given_name: '花子', email: `oka@${name}.example.jp` }
    await call('PATCH', `/v1/contacts/${contacts.elsewhere.contact_id}`, changes)
  }),
  'a list': listed((place, contacts) => ({
    contacts: [
      ...without(contacts, place.contacts.second, place.contacts.primary),
      { ...place.contacts.primary, role: 'secondary', duties: ['contract'] },
      { ...newcomer(place), role: 'primary' },
    ],
  })),
  'a list with a default notice, by names': listed((place, contacts) => ({
    privacy_notice_version: '2026-02',
    contacts: [
      ...without(contacts, place.contacts.sato).map(({ contact_id: _id, ...contact }) => contact),
      { family_name: '新田', email: `nitta@${place.name}.example.jp`, duties: ['operations'] },
    ],
  })),
  'a list of half': listed(({ contacts: { primary, second } }) => ({
    contacts: [
      { contact_id: second.contact_id, role: 'primary', duties: ['system'] },
      { contact_id: primary.contact_id, role: 'secondary' },
    ],
    confirm_removals: 3,
  })),
}
