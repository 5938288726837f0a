import type { Change, Draw } from './random-changes.ts'
import { dayFrom } from './random-change-requests.ts'
import { randomNewcomer, someone } from './random-contact-changes.ts'
import type { Answer } from './test-service.ts'

function randomSteps(draw: Draw): object[] {
  const { random, contacts } = draw
  const contact_id: string | undefined = someone(draw)?.contact_id
  const add = { op: 'add', contact: { role: contacts.length === 0 ? 'primary' : 'secondary', ...randomNewcomer(draw) } }
  if (contact_id === undefined) return [add]
  const duties = [random.pick(['system', 'operations', 'contract'])]
  return [
    random.pick<object>([
      add,
      { op: 'update', contact_id, changes: { duties } },
      { op: 'remove', contact_id },
      { op: 'make_primary', contact_id, former_primary: random.pick(['secondary', 'removed']) },
    ]),
  ]
}

const STRANGER = { name: '謎 次郎', email: 'nazo@elsewhere.example.jp', channel: 'mail' }

/** A request of a contact or a stranger, for a day or to be applied by a client. */
const file = async (draw: Draw): Promise<Answer> => {
  const { call, random, today, contract, contacts } = draw
  const primary = contacts.find(({ role }) => role === 'primary')
  const asker = primary === undefined || random.isIn(40) ? undefined : primary
  const requested_by = asker === undefined ? STRANGER : { contact_id: asker.contact_id, channel: 'mail' }
  return await call('POST', '/v1/change-requests', {
    contract_id: contract.contract_id,
    operations: randomSteps(draw),
    requested_by,
    effective_on: random.isIn(50) ? dayFrom(today, random.below(2)) : null,
  })
}

/** R34: a person change for a later day. */
const filePersonChange = async (draw: Draw): Promise<Answer | undefined> => {
  const { call, today, unique, contract } = draw
  const contact = someone(draw)
  if (contact === undefined) return undefined
  return await call('POST', '/v1/person-changes', {
    contact_id: contact.contact_id,
    changes: { email: `p${unique}@${contract.customer_id}.example.jp` },
    effective_on: dayFrom(today, 1),
  })
}

async function requestIn({ call, random }: Draw, ...states: string[]): Promise<any> {
  const found: any[] = []
  for (const state of states)
    found.push(...(await call('GET', `/v1/change-requests?limit=200&state=${state}`)).body.items)
  return found.length === 0 ? undefined : random.pick(found)
}

const OPEN = ['needs_primary_confirmation', 'needs_approval', 'ready', 'scheduled']

const step =
  (
    verb: string,
    states: readonly string[],
    body: (draw: Draw) => object | undefined = () => undefined,
  ): Change['make'] =>
  async draw => {
    const request = await requestIn(draw, ...states)
    if (request === undefined) return undefined
    return await draw.call('POST', `/v1/change-requests/${request.change_request_id}/${verb}`, body(draw))
  }

const confirm = async (draw: Draw): Promise<Answer | undefined> => {
  const request = await requestIn(draw, 'needs_primary_confirmation')
  if (request === undefined) return undefined
  return await draw.call('POST', `/v1/change-requests/${request.change_request_id}/confirm`, {
    confirmed_by: { name: '中村 葵', position: '情報システム部長' },
    channel: 'phone',
    reason: '主担当が退職したため',
  })
}

const change = async (draw: Draw): Promise<Answer | undefined> => {
  const request = await requestIn(draw, ...OPEN)
  if (request === undefined) return undefined
  const { today, random, unique } = draw
  return await draw.call('PATCH', `/v1/change-requests/${request.change_request_id}`, {
    subject: `依頼 ${unique}`,
    ...(random.isIn(30) && { effective_on: dayFrom(today, random.below(2)) }),
  })
}

export const REQUEST_STEPS: readonly Change[] = [
  { share: 60, name: 'file request', make: file },
  { share: 10, name: 'file person change', make: filePersonChange },
  { share: 25, name: 'confirm', make: confirm },
  { share: 10, name: 'approve', make: step('approve', ['needs_approval']) },
  { share: 30, name: 'apply', make: step('apply', ['ready', 'scheduled']) },
  { share: 10, name: 'reject', make: step('reject', OPEN, () => ({ reason: '重複' })) },
  { share: 10, name: 'withdraw', make: step('withdraw', OPEN, () => ({})) },
  { share: 15, name: 'change request', make: change },
]
