import { done, request } from './client.ts'
import { CUSTOMER, NOTICE, contractBody, freshContract, register } from './example-contracts.ts'

// The vendor's examples, run against a running service: `npm run example`. A second run removes the contacts of
// the first and prints the same.

await done('PUT', `/v1/customers/${CUSTOMER}`, { name: '株式会社青空商事' })
await fiveProducts()
await appsAndOptions()
await sharedMailbox()
await fullContract()
await downgrade()
await wholeList()
await changeRequest()
await senders()

async function fiveProducts(): Promise<void> {
  title('Five products: how many contacts may be registered')
  for (const planned of [
    { product_id: 'manage' },
    { product_id: 'manage_ac' },
    { product_id: 'manage_ac_smart' },
    { product_id: 'data_link', connections: 2 },
    { product_id: 'erp_hosting' },
  ]) {
    const { seats } = await done('POST', '/v1/seat-calculations', planned)
    say(
      `${planned.product_id}${planned.connections === undefined ? '' : ` with ${planned.connections} connections`}: ` +
        `${seats.limit}`,
    )
  }
}

async function appsAndOptions(): Promise<void> {
  title('勤怠, 入退差異オプション and 工数 on manage')
  const contract = await freshContract('example-apps', {
    app_ids: ['attendance', 'attendance_gap_option', 'man_hours'],
  })
  for (const { reason, app_id, seats } of contract.seats.lines)
    say(`${seats}  ${reason}${app_id === undefined ? '' : ` ${app_id}`}`)
  say(`${contract.seats.limit}  in all`)
}

async function sharedMailbox(): Promise<void> {
  title('A shared mailbox: 山田, 伊藤 and 佐藤')
  await freshContract('example-shared', {})
  const email = 'help@aozora.example.co.jp'
  const first = await register('example-shared', { role: 'primary', family_name: '山田', given_name: '太郎', email })
  const refused = await request('POST', '/v1/contracts/example-shared/contacts', {
    family_name: '伊藤',
    given_name: '花子',
    email,
    ...NOTICE,
  })
  say(`伊藤 with the same address: ${refused.status} ${refused.body.type}`)
  await register('example-shared', { family_name: '伊藤', given_name: '花子', email, shared_mailbox: true })
  await register('example-shared', { family_name: '佐藤', given_name: '次郎', email, shared_mailbox: true })
  const account = await done('GET', `/v1/support-accounts/${first.account_id}`)
  say(`with "shared_mailbox": true they share one account: ${account.display_name}, ${account.contacts.length} seats`)
}

async function fullContract(): Promise<void> {
  title('A full contract: ERPホスティング for manage has two seats')
  await freshContract('example-full', { product_id: 'erp_hosting' })
  await register('example-full', {
    role: 'primary',
    family_name: '高橋',
    given_name: '一郎',
    email: 'takahashi@aozora.example.co.jp',
  })
  await register('example-full', { family_name: '鈴木', given_name: '三郎', email: 'suzuki@aozora.example.co.jp' })
  const third = { family_name: '田中', given_name: '四郎', email: 'tanaka@aozora.example.co.jp', ...NOTICE }
  const refused = await request('POST', '/v1/contracts/example-full/contacts', third)
  say(`a third contact: ${refused.status} ${refused.body.type}, limit ${refused.body.limit}, used ${refused.body.used}`)
  const primary = await done('PUT', '/v1/contracts/example-full/primary', {
    new_contact: third,
    former_primary: 'removed',
  })
  say(`replacing the primary in one step works: ${primary.name} is the primary now`)
}

async function downgrade(): Promise<void> {
  title('A downgrade: billing removes the apps, all contacts stay')
  await freshContract('example-downgrade', { app_ids: ['attendance', 'man_hours'] })
  for (const [index, family_name] of ['佐々木', '井上', '木村', '清水', '山崎', '池田'].entries()) {
    await register('example-downgrade', {
      role: index === 0 ? 'primary' : 'secondary',
      family_name,
      email: `contact${index + 1}@aozora.example.co.jp`,
    })
  }
  const { seats } = await done('PUT', '/v1/contracts/example-downgrade', contractBody({}))
  say(`limit ${seats.limit}, used ${seats.used}, over by ${seats.over}`)
  const over = await done('GET', `/v1/contracts?customer_id=${CUSTOMER}&over_limit=true`)
  say(
    'listed as over its limit: ' +
      `${over.items.map((contract: { contract_id: string }) => contract.contract_id).join(', ')}`,
  )
}

async function wholeList(): Promise<void> {
  title('A whole list in one step: it removes the primary and adds a new contact, on a full contract')
  await freshContract('example-list', { product_id: 'erp_hosting' })
  await register('example-list', { role: 'primary', family_name: '小川', email: 'ogawa@aozora.example.co.jp' })
  await register('example-list', { family_name: '前田', email: 'maeda@aozora.example.co.jp' })
  const {
    etag,
    body: {
      contacts: [, second],
    },
  } = await request('GET', '/v1/contracts/example-list/roster')
  const list = {
    contacts: [
      { ...second, role: 'primary' },
      { family_name: '岡田', email: 'okada@aozora.example.co.jp', ...NOTICE },
    ],
  }
  const { body: plan } = await request('POST', '/v1/contracts/example-list/roster/plan', list, {
    'if-match': etag,
  })
  say(
    `the plan: adds ${names(plan.added)}, removes ${names(plan.removed)}, closes ${plan.accounts.closed.length} ` +
      `account, ${plan.seats.after.used} of ${plan.seats.after.limit} seats, ${plan.problems.length} ` +
      'problems',
  )
  const { body: roster } = await request('PUT', '/v1/contracts/example-list/roster', list, { 'if-match': etag })
  say(
    'applied: ' +
      roster.contacts.map((contact: { name: string; role: string }) => `${contact.name} (${contact.role})`).join(', '),
  )
  const alone = { contacts: list.contacts.slice(0, 1) }
  const {
    status,
    body: { type },
  } = await request('PUT', '/v1/contracts/example-list/roster', alone, { 'if-match': etag })
  say(`another list, based on the list before: ${status} ${type}`)
}

async function changeRequest(): Promise<void> {
  title('A person who is not registered requests a change: the primary must confirm it')
  await freshContract('example-request', {})
  const primary = await register('example-request', {
    role: 'primary',
    family_name: '藤田',
    email: 'fujita@aozora.example.co.jp',
  })
  const asked = await done('POST', '/v1/change-requests', {
    contract_id: 'example-request',
    requested_by: { name: '後藤', email: 'goto@elsewhere.example.jp', channel: 'mail' },
    operations: [{ op: 'add', contact: { family_name: '後藤', email: 'goto@aozora.example.co.jp', ...NOTICE } }],
  })
  say(`state: ${asked.state}`)
  const path = `/v1/change-requests/${asked.change_request_id}`
  const early = await request('POST', `${path}/apply`)
  say(`applied before that: ${early.status} ${early.body.type}`)
  const confirmation = { confirmed_by: { contact_id: primary.contact_id }, channel: 'phone' }
  say(`confirmed by telephone: ${(await done('POST', `${path}/confirm`, confirmation)).state}`)
  say(`applied: ${(await done('POST', `${path}/apply`)).state}`)
}

async function check(address: string): Promise<any> {
  return await done('POST', '/v1/sender-checks', { from: address, contract_id: 'example-sender' })
}

async function senders(): Promise<void> {
  title('May this sender ask support? Only from a registered address')
  await freshContract('example-sender', {})
  await register('example-sender', {
    role: 'primary',
    family_name: '岡本',
    given_name: '涼',
    email: 'Okamoto@sender.example.co.jp',
  })
  const known = await check('"岡本" <ＯＫＡＭＯＴＯ@Sender.example.co.jp>')
  say(`"岡本" <ＯＫＡＭＯＴＯ@Sender.example.co.jp>: authorised ${known.authorised}, ${known.account.display_name}`)
  const stranger = await check('okamoto.ryo@sender.example.co.jp')
  say(
    `okamoto.ryo@sender.example.co.jp: authorised ${stranger.authorised}, ${stranger.reason}; confirm with ` +
      `${stranger.confirm_with[0].primary.name}`,
  )
}

function names(contacts: { name: string }[]): string {
  return contacts.map(({ name }) => name).join(', ')
}

function title(text: string): void {
  console.log(`\n${text}`)
}

function say(text: string): void {
  console.log(`  ${text}`)
}
