import { sql } from 'kysely'
import t from 'tap'
import { compiled } from '#db/driver/statement.ts'
import { ask, step } from '../../helpers/change-requests.ts'
import { fillContract, person, putContract, type PersonFields } from '../../helpers/fixtures.ts'
import { testService, type Answer } from '../../helpers/test-service.ts'

const { call, database } = await testService(t)

// Text that was broken on its way, in every request that brings a name. What is certain is refused, also where a client
// insists.
const CERTAIN: Record<string, string> = {
  'a character for a lost one': '山\uFFFD',
  'a private character': '山\uE000',
  'a private character of plane 15': '\u{F0001}田',
  'no character': '山\uFDD0田',
  'half a character': '山\uD842',
  'a control character': '山\u0007田',
  'an escape': '\u001B$B;3ED\u001B(B',
  'ISO-2022-JP without its escapes': '$B;3ED(B',
  'an encoded word': '=?UTF-8?B?5bGx55Sw?=',
  'an encoded word of Shift_JIS': '=?Shift_JIS?B?jlKTYw==?=',
  'percent encoding': '%E5%B1%B1%E7%94%B0',
  'quoted-printable': '=E5=B1=B1',
  'a character reference': '&#23665;&#30000;',
  'an escape of JSON': '\\u5c71\\u7530',
  'a filler alone': '\u3164',
  'a Hangul filler': '山\u115F田',
  'a filler of half the width': '山\uFFA0',
  'Braille without dots': '山\u2800田',
  'an emoji alone': '😀',
  'two signs for lost characters': '〓〓',
}
const DOUBTFUL: Record<string, string> = {
  'UTF-8 read as Latin-1': 'å±±ç”°',
  'UTF-8 read as Latin-1, in Latin letters': 'JÃ¶rg',
  'UTF-8 read as Shift_JIS': '螻ｱ逕ｰ',
  'UTF-8 read as Shift_JIS, in kanji alone': '莨願陸',
  'UTF-8 read as GBK': '鍞愯壋',
  'GB 2312 read as Latin-1': 'ÊÓÀî',
  'a substitute': '山〓',
  'a question mark': '花?',
  'a box': '山□',
  'an emoji next to letters': '花子😀',
  'a space of no width': '花\u200B子',
  'a soft hyphen': '花\u00AD子',
  'a byte order mark': '花\uFEFF子',
  'a mark of direction': '花\u202E子',
  'a variation selector after no kanji': 'Hanako\uFE0F',
  'letters of two scripts': 'Hаnako',
}

let number = 0
let unused: { empty?: string; filled?: any[] } = {}

/** Where a name comes in: sends it, with the name override that final refusals ignore, and returns the answer. */
type Door = (name: PersonFields, override: object) => Promise<Answer>
const DOORS: Record<string, Door> = {
  'registering a contact': async (name, override) =>
    await call('POST', `/v1/contracts/${await contract()}/contacts`, {
      ...newPerson(name),
      role: 'primary',
      ...override,
    }),
  'changing a contact': async (name, override) => {
    const [primary] = await filled()
    return await call('PATCH', `/v1/contacts/${primary.contact_id}`, { ...name, ...override })
  },
  'putting a roster': async (name, override) => {
    const [primary] = await filled()
    const contacts = [primary, { ...newPerson(name), role: 'secondary', ...override }]
    return await call('PUT', `/v1/contracts/${primary.contract_id}/roster`, { contacts }, { 'if-match': '*' })
  },
  'planning a roster': async (name, override) => {
    const [primary] = await filled()
    const contacts = [primary, { ...newPerson(name), role: 'secondary', ...override }]
    return await call('POST', `/v1/contracts/${primary.contract_id}/roster/plan`, { contacts })
  },
  'an application form': async (name, override) =>
    await call('POST', `/v1/contracts/${await contract()}/application-form`, {
      form_version: '2022-10',
      privacy_notice_version: '2025-10',
      contacts: [{ ...newPerson(name), role: 'primary', ...override }],
    }),
  'asking for a newcomer': async (name, override) => {
    const [{ contract_id }] = await filled()
    return await ask(call, contract_id, [{ op: 'add', contact: { ...newPerson(name), ...override } }])
  },
  'asking for another name': async (name, override) => {
    const [{ contract_id, contact_id }] = await filled()
    return await ask(call, contract_id, [{ op: 'update', contact_id, changes: { ...name, ...override } }])
  },
  'applying a request that is older than the rule': async (name, override) => {
    const [{ contract_id }] = await filled()
    const asked = await ask(call, contract_id, [{ op: 'add', contact: newPerson({ family_name: '新田' }) }])
    const { change_request_id } = asked.body
    const fields = JSON.stringify({ ...name, ...override }).replaceAll(/\\ud[89a-f][0-9a-f]{2}/g, String.raw`\ufffd`)
    await database.run(
      compiled(sql`
        update change_requests
        set operations = jsonb_set(operations, '{0,contact}', operations #> '{0,contact}' || ${fields}::jsonb)
        where change_request_id = ${change_request_id}
      `),
    )
    const applied = await step(call, change_request_id, 'apply')
    return applied.status === 200 ? await call('GET', `/v1/contracts/${contract_id}/roster`) : applied
  },
}
const IN_NAME = /(?:family|given)_name"/
const OVERRIDE = { name_override: { reason: 'Confirmed by phone with the person.' } }

function newPerson(name: PersonFields): Record<string, unknown> {
  number++
  return person({ email: `person${number}@broken.example.jp`, ...name })
}

/** A contract without contacts. The one whose contact was refused is taken again. */
async function contract(): Promise<string> {
  number++
  unused.empty ??= (await putContract(call, `broken-${number}`)).body.contract_id
  return unused.empty ?? ''
}

/** The contacts of a contract with a primary alone. The contract in which a change was refused is taken again. */
async function filled(): Promise<any[]> {
  number++
  unused.filled ??= await fillContract(call, `broken-${number}`, 0)
  return unused.filled ?? []
}

/** Each text in one of the two parts of a name: in which, depends on the door. */
function namesOf(texts: Record<string, string>, door: number): { kind: string; name: PersonFields }[] {
  return Object.entries(texts).map(([kind, text], index) => ({
    kind,
    name: (index + door) % 2 === 0 ? { family_name: text } : { given_name: text },
  }))
}

for (const [index, [door, send]] of Object.entries(DOORS).entries()) {
  t.test(`R13: ${door} refuses text that was broken for certain, also with an override`, async t => {
    for (const { kind, name } of namesOf(CERTAIN, index)) {
      for (const override of [{}, OVERRIDE]) {
        const answer = await send(name, override)
        t.ok(isRefused(answer), `${kind}: ${answer.status} ${answer.text.slice(0, 300)}`)
        t.notMatch(answer.text, /"can_be_overridden":true/, kind)
      }
    }
  })

  t.test(`R13: ${door} doubts or refuses text that may have been broken`, async t => {
    for (const { kind, name } of namesOf(DOUBTFUL, index)) {
      const answer = await send(name, {})
      if (answer.status < 300) unused = {}
      const isDoubted = answer.status < 300 && /"name_doubtful":true|"name-doubtful"/.test(answer.text)
      t.ok(isDoubted || isRefused(answer), `${kind}: ${answer.status} ${answer.text.slice(0, 300)}`)
    }
  })
}

/** Whether an answer refuses a name, or a plan says that it would be refused. */
function isRefused({ status, body, text }: Answer): boolean {
  const isPlan = status === 200 && body.feasible === false
  return (isPlan || status === 400 || status === 422) && IN_NAME.test(text)
}

t.test('R13, R29: no draft for a refused sender has a broken name', async t => {
  // An encoded word is at its place in a header, and is read.
  const texts = [...Object.values(CERTAIN), ...Object.values(DOUBTFUL)].filter(text => !text.startsWith('=?'))
  const senders = texts.flatMap(each =>
    [`"${each}" <new@broken.example.jp>`, `${each} <new@broken.example.jp>`, `new@broken.example.jp (${each})`].map(
      from => ({ from, contract_id: 'broken-1' }),
    ),
  )
  for (const { from, contract_id } of senders) {
    const { status, body, text } = await call('POST', '/v1/sender-checks', { from, contract_id })
    t.equal(status, 200, text)
    const change_request = body.change_request ?? null
    if (change_request === null) continue
    t.notOk(Object.hasOwn(change_request.operations[0].contact, 'family_name'), JSON.stringify(from))
    t.notOk(Object.hasOwn(change_request.requested_by, 'name'), JSON.stringify(from))
  }
})
