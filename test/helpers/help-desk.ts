import type { Call } from './test-service.ts'
import { parseEmailAddress } from '#domain/addresses/email-address.ts'

/** A user of the help desk, as it lists them. */
export type DeskUser = { external_id: string; email: string; name: string | null; suspended: boolean }

/** An active user of the name 山田 太郎, unless said otherwise. */
export function deskUser(external_id: string, email: string, fields: Partial<DeskUser> = {}): DeskUser {
  return { external_id, email, name: '山田 太郎', suspended: false, ...fields }
}

const LINES = { 'content-type': 'application/x-ndjson' }

/** Asks for the steps of users, or of other lines. */
export async function driftOf(call: Call, lines: readonly unknown[], headers = {}) {
  const body = lines.map(line => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')
  const answer = await call('POST', '/v1/account-drift-reports', body, { ...LINES, ...headers })
  const steps: any[] =
    answer.status === 200 ? answer.text.split('\n').flatMap(line => (line ? [JSON.parse(line)] : [])) : []
  return { ...answer, steps }
}

/** A help desk that holds each address once, and says no to a step that would break that or changes nothing. */
export class HelpDesk {
  readonly users = new Map<string, DeskUser>()
  readonly #call: Call
  #made = 0

  constructor(call: Call, users: readonly DeskUser[] = []) {
    this.#call = call
    for (const user of users) this.users.set(user.external_id, { ...user })
  }

  /** Does a step, and reports the user's id to the registry where the step says so. */
  async apply({ action, external_id, account_id, email, name }: any): Promise<void> {
    if (action === 'create') {
      this.#assertFree(email)
      const made = { external_id: `made-${account_id}-${++this.#made}`, email, name, suspended: false }
      this.users.set(made.external_id, made)
      return await this.#report(account_id, made.external_id)
    }
    const user = this.users.get(external_id)
    if (user === undefined) throw new Error(`no user ${external_id}`)
    if (action === 'link') return await this.#report(account_id, external_id)
    if (action === 'rekey') this.#assertFree(email)
    const before = JSON.stringify(user)
    const changes = {
      rename: { name },
      rekey: { email },
      suspend: { suspended: true },
      reactivate: { suspended: false },
    }
    Object.assign(user, changes[action as keyof typeof changes])
    if (JSON.stringify(user) === before) throw new Error(`${action} of ${external_id} changes nothing`)
  }

  #assertFree(email: string): void {
    for (const user of this.users.values())
      if (keyOf(user.email) === keyOf(email)) throw new Error(`${user.external_id} holds ${email}`)
  }

  async #report(account_id: string, external_id: string): Promise<void> {
    const { status, text } = await this.#call('PATCH', `/v1/support-accounts/${account_id}`, { external_id })
    if (status !== 200) throw new Error(text)
  }
}

function keyOf(email: string): string {
  return parseEmailAddress(email)?.email_key ?? email
}
