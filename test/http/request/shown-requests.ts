import { createClient } from '../../helpers/api-clients.ts'
import { fillContract, putContract } from '../../helpers/fixtures.ts'
import { EXAMPLE_IDS } from '../../helpers/example-ids.ts'
import type { Operation } from '../../helpers/openapi-document.ts'
import {
  ACCOUNT_ID,
  ACQUIRER_ID,
  API_CLIENT_ID,
  API_KEY_ID,
  CHANGE_REQUEST_ID,
  CONTACT_ID,
  CONTRACT_ID,
  CUSTOMER_ID,
  IMPORT_ID,
  MOVED_CONTRACT_ID,
  LEAVER_ID,
  RENEWED_CONTRACT_ID,
  SHARER_IDS,
  SUCCESSOR_CONTRACT_ID,
  SUCCESSOR_ID,
  UNREADABLE_IMPORT_ID,
  WEBHOOK_DELIVERY_ID,
  WEBHOOK_ENDPOINT_ID,
} from '#http/schemas/examples.ts'
import type { Call, TestService } from '../../helpers/test-service.ts'

const FILLED = { customer_id: CUSTOMER_ID, product_id: 'manage_ac' }

const RECEIVER = 'https://receiver.aozora.example.co.jp/'

type Ids = Record<string, string>

/** Requests as the document shows them, about things that are there. */
export class ShownRequests {
  readonly #call: Call
  readonly #callWith: TestService['callWith']
  readonly #client: Awaited<ReturnType<typeof createClient>>
  #made = 0

  static async on({ call, callWith }: TestService): Promise<ShownRequests> {
    await fillContract(call, CONTRACT_ID, 3, FILLED)
    return new ShownRequests(call, callWith, await createClient(call, ['customers:read']))
  }

  private constructor(call: Call, callWith: TestService['callWith'], client: Awaited<ReturnType<typeof createClient>>) {
    this.#call = call
    this.#callWith = callWith
    this.#client = client
  }

  async requestOf(operation: Operation): Promise<{ url: string; body: object | undefined }> {
    const { path, parameters, requestBody } = operation
    const ids = await this.#idsFor(operation)
    const replaced = (text: string): string =>
      Object.entries(ids).reduce((text, [example, id]) => text.replaceAll(example, id), text)
    const shown = (name: string): string => String(parameters.find(parameter => parameter.name === name)?.example)
    const query = parameters
      .filter(parameter => parameter.in === 'query' && parameter.required === true)
      .map(({ name }) => `${name}=${shown(name)}`)
      .join('&')
    const [example] = Object.values(requestBody?.content ?? {}).flatMap(({ examples = {} }) => Object.values(examples))
    const filled = replaced(path.replaceAll(/\{(\w+)\}/g, (_, name) => EXAMPLE_IDS[name] ?? shown(name)))
    return {
      url: query === '' ? filled : `${filled}?${query}`,
      body: example === undefined ? undefined : JSON.parse(replaced(JSON.stringify(example.value))),
    }
  }

  /** Makes what an operation took away again, for the next one. */
  async restore({ operationId }: Operation): Promise<void> {
    const client = this.#client
    if (operationId === 'revokeApiKey')
      client.body.keys = (await this.#call('POST', `/v1/api-clients/${client.client_id}/keys`, {})).body.keys
    if (operationId === 'revokeApiClient') Object.assign(client, await createClient(this.#call, ['customers:read']))
  }

  /** What replaces the ids of the examples in a request. */
  async #idsFor({ operationId }: Operation): Promise<Ids> {
    const primary = await this.#contact('primary')
    return {
      [CONTACT_ID]: primary.contact_id,
      [SUCCESSOR_ID]: (await this.#contact('secondary')).contact_id,
      [SHARER_IDS[0]]: (await this.#contact('secondary', 1))?.contact_id,
      [ACCOUNT_ID]: primary.account_id,
      [API_CLIENT_ID]: this.#client.client_id,
      [API_KEY_ID]: this.#client.body.keys[0].key_id,
      [CHANGE_REQUEST_ID]: await this.#askForChange(false),
      ...(await this.#unused[operationId]?.()),
    }
  }

  /** A contact that is on the contract now: operations change that. */
  async #contact(role: string, place = 0): Promise<any> {
    const { body } = await this.#call('GET', `/v1/contracts/${CONTRACT_ID}/contacts?role=${role}`)
    return body.items[place]
  }

  /** A change request that is ready, or that the primary has to confirm, or that has to be approved for its day. */
  async #askForChange(is_unknown: boolean, effective_on: string | null = null): Promise<string> {
    const { contact_id, email } = await this.#contact('primary')
    const ask = effective_on === null ? this.#call : this.#callWith('requests:write')
    const { body } = await ask('POST', '/v1/change-requests', {
      contract_id: CONTRACT_ID,
      effective_on,
      requested_by: { email: is_unknown ? `x${email}` : email, channel: 'mail' },
      operations: [{ op: 'update', contact_id, changes: { duties: ['operations'] } }],
    })
    return body.change_request_id
  }

  /** An import that waits, or that failed because it has a line of an unknown type. */
  async #import(type: string): Promise<string> {
    const file = `${JSON.stringify({ type, customer_id: 'unused', name: '株式会社未使用' })}\n`
    return (await this.#call('POST', '/v1/imports', file)).body.import_id
  }

  /** A contract with contacts, and its successor without any. */
  async #renewal(): Promise<Ids> {
    const name = `renewed-${++this.#made}`
    await fillContract(this.#call, name, 1, { customer_id: name })
    await putContract(this.#call, `${name}-successor`, { customer_id: name })
    return { [RENEWED_CONTRACT_ID]: name, [SUCCESSOR_CONTRACT_ID]: `${name}-successor` }
  }

  /** A contract with contacts, and a customer that it may go to. */
  async #merger(): Promise<Ids> {
    const name = `moved-${++this.#made}`
    await fillContract(this.#call, name, 1, { customer_id: name })
    await this.#call('PUT', `/v1/customers/${ACQUIRER_ID}`, { name: '株式会社移管先' })
    return { [MOVED_CONTRACT_ID]: name }
  }

  /** An endpoint that was not used yet, and a delivery to it. */
  async #endpoint(): Promise<Ids> {
    const { endpoint_id } = (await this.#call('POST', '/v1/webhook-endpoints', { url: RECEIVER })).body
    const { delivery_id } = (await this.#call('POST', `/v1/webhook-endpoints/${endpoint_id}/test`)).body
    return { [WEBHOOK_ENDPOINT_ID]: endpoint_id, [WEBHOOK_DELIVERY_ID]: delivery_id }
  }

  /** Operations that need something that is not used up yet. */
  readonly #unused: Record<string, () => Promise<Ids>> = {
    getWebhookEndpoint: async () => await this.#endpoint(),
    updateWebhookEndpoint: async () => await this.#endpoint(),
    removeWebhookEndpoint: async () => await this.#endpoint(),
    addWebhookSecret: async () => await this.#endpoint(),
    listWebhookDeliveries: async () => await this.#endpoint(),
    redeliverWebhook: async () => await this.#endpoint(),
    testWebhook: async () => await this.#endpoint(),
    submitApplicationForm: async () => {
      await putContract(this.#call, 'form', FILLED)
      return { [CONTRACT_ID]: 'form' }
    },
    registerContact: async () => {
      await fillContract(this.#call, 'register', 1, { ...FILLED, customer_id: 'other' })
      return { [CONTRACT_ID]: 'register', '@aozora.': '@other.' }
    },
    deleteCustomer: async () => {
      await this.#call('PUT', '/v1/customers/unused', { name: '株式会社未使用' })
      return { [CUSTOMER_ID]: 'unused' }
    },
    deleteContract: async () => {
      await putContract(this.#call, 'unused', FILLED)
      return { [CONTRACT_ID]: 'unused' }
    },
    succeedContract: async () => await this.#renewal(),
    planSuccession: async () => await this.#renewal(),
    transferContracts: async () => await this.#merger(),
    planTransfer: async () => await this.#merger(),
    erasePersonalData: async () => {
      const [, secondary] = await fillContract(this.#call, 'erased', 1, { customer_id: 'erased' })
      await this.#call('DELETE', `/v1/contacts/${secondary.contact_id}`)
      return { [LEAVER_ID]: secondary.contact_id }
    },
    restoreContact: async () => {
      const { contact_id } = await this.#contact('secondary')
      await this.#call('DELETE', `/v1/contacts/${contact_id}`)
      return { [SHARER_IDS[2]]: contact_id, [CONTACT_ID]: contact_id }
    },
    removeContact: async () => ({ [CONTACT_ID]: (await this.#contact('secondary')).contact_id }),
    getImport: async () => ({ [IMPORT_ID]: await this.#import('customer') }),
    listImportRows: async () => ({ [IMPORT_ID]: await this.#import('customer') }),
    cancelImport: async () => ({ [IMPORT_ID]: await this.#import('customer') }),
    deleteImport: async () => ({ [UNREADABLE_IMPORT_ID]: await this.#import('person') }),
    getApplicationForm: async () => ({ [CONTRACT_ID]: 'form' }),
    confirmChangeRequest: async () => ({ [CHANGE_REQUEST_ID]: await this.#askForChange(true) }),
    approveChangeRequest: async () => ({ [CHANGE_REQUEST_ID]: await this.#askForChange(false, '2026-05-02') }),
    applyChangeRequest: async () => ({ [CHANGE_REQUEST_ID]: await this.#askForChange(false) }),
    rejectChangeRequest: async () => ({ [CHANGE_REQUEST_ID]: await this.#askForChange(true) }),
    withdrawChangeRequest: async () => ({ [CHANGE_REQUEST_ID]: await this.#askForChange(true) }),
  }
}
