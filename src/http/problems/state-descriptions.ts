import type { ChangeRequestState } from '#domain/vocabulary.ts'
import { importConflict } from '#http/problems/import-conflict.ts'
import { lifecycleConflict } from '#http/problems/lifecycle-texts.ts'
import { nextCall } from '#http/problems/next-call.ts'
import type { Description, Descriptions } from '#http/problems/problem-description.ts'
import { endpointConflict } from '#http/problems/endpoint-descriptions.ts'
import type { FactsByType } from '#http/problems/facts-by-type.ts'

/** Problems of requests that the present state of a thing does not allow. */
export const STATE_DESCRIPTIONS = {
  'state-conflict': facts => {
    if ('change_request_id' in facts) return requestConflict(facts)
    if ('child_client_ids' in facts) return clientConflict(facts)
    if ('import_id' in facts) return importConflict(facts)
    if ('external_id' in facts) return userConflict(facts)
    if ('most_endpoints' in facts || 'endpoint_id' in facts) return endpointConflict(facts)
    if ('because' in facts) return lifecycleConflict(facts)
    return 'contract_ids' in facts ? customerConflict(facts) : contractConflict(facts)
  },
} satisfies Descriptions<'state-conflict'>

type StateConflict = FactsByType['state-conflict']

function requestConflict({
  change_request_id,
  state,
  effective_on,
}: Extract<StateConflict, { change_request_id: string }>): Description {
  return {
    detail:
      state === 'scheduled'
        ? {
            en: `The change request is scheduled for ${effective_on}.`,
            ja: `この変更依頼は、${effective_on}に適用される予定です。`,
          }
        : {
            en: REQUEST_STATES_EN[state] ?? `The change request is ${state}.`,
            ja: `この変更依頼は「${REQUEST_STATES_JA[state]}」です。`,
          },
    remedy: state === 'needs_approval' ? APPROVE : isFinal(state) ? REQUEST_AGAIN : READ_REQUEST,
    change_request_id,
    state,
    ...(effective_on !== null && { effective_on }),
    next:
      state === 'needs_approval'
        ? nextCall('POST', `/v1/change-requests/${change_request_id}/approve`, {
            en: 'approves the request; the client must have the scope contacts:write',
            ja: 'スコープ「contacts:write」を持つクライアントが承認します',
          })
        : nextCall('GET', `/v1/change-requests/${change_request_id}`, {
            en: 'shows its present state',
            ja: '現在の状況を確認します',
          }),
  }
}

function contractConflict({
  contract_id,
  registered_at,
}: Extract<StateConflict, { registered_at: string }>): Description {
  return {
    detail: {
      en:
        `Contract ${contract_id} has had contacts since ${registered_at}, so it cannot be deleted. ` +
        'To end it, set ends_on.',
      ja: `契約「${contract_id}」には${registered_at}から問い合わせご担当者の登録があるため、削除できません。終了日を設定すると、契約は終了します。`,
    },
    remedy: {
      en: 'End the contract instead: send its last day as `ends_on` with `PUT /v1/contracts/{contract_id}`.',
      ja: '契約は削除せずに、`PUT /v1/contracts/{contract_id}`で契約終了日(`ends_on`)を設定して終了してください。',
    },
    contract_id,
    registered_at,
    next: nextCall('PUT', `/v1/contracts/${contract_id}`, {
      en: 'ends the contract, with its last day in ends_on',
      ja: '契約終了日(「ends_on」)を設定して、契約を終了します',
    }),
  }
}

function customerConflict({
  customer_id,
  contract_ids,
}: Extract<StateConflict, { contract_ids: string[] }>): Description {
  if (contract_ids.length === 0) return formerContactsConflict(customer_id)
  return {
    detail: {
      en: `Customer ${customer_id} cannot be deleted, because it has contracts: ${contract_ids.join(', ')}.`,
      ja: `お客様企業「${customer_id}」には契約があるため、削除できません(${contract_ids.join('、')})。`,
    },
    remedy: {
      en: 'Delete the contracts first. A contract that has had contacts cannot be deleted, so its customer stays.',
      ja: '先に、お客様企業の契約を削除してください。問い合わせご担当者の登録があった契約は削除できないため、そのお客様企業も削除できません。',
    },
    customer_id,
    contract_ids,
    next: nextCall('GET', `/v1/contracts?customer_id=${customer_id}`, {
      en: "lists the customer's contracts",
      ja: 'お客様企業の契約を一覧で確認します',
    }),
  }
}

function formerContactsConflict(customer_id: string): Description {
  return {
    detail: {
      en: `Customer ${customer_id} cannot be deleted, because it has had contacts, whose record stays.`,
      ja: `お客様企業「${customer_id}」には、以前登録されていた問い合わせご担当者の記録があるため、削除できません。`,
    },
    remedy: {
      en: 'Leave the customer as it is, without contracts. If it has a wrong name, correct it.',
      ja: '契約のないお客様企業として、そのまま残してください。企業名に誤りがある場合は、訂正してください。',
    },
    customer_id,
    contract_ids: [],
    next: nextCall('PUT', `/v1/customers/${customer_id}`, { en: 'corrects its name', ja: '企業名を訂正します' }),
  }
}

const MOST_CHILDREN = 10

function clientConflict({
  client_id,
  child_client_ids,
}: Extract<StateConflict, { child_client_ids: string[] }>): Description {
  const named = child_client_ids.slice(0, MOST_CHILDREN)
  return {
    detail: {
      en: `API client ${client_id} has created other clients, which are affected: ${named.join(', ')}.`,
      ja: `APIクライアント「${client_id}」が作成したほかのクライアントに影響します(${named.join('、')})。`,
    },
    remedy: {
      en: 'Say with `children` what happens to those clients: `revoke` revokes them too, `adopt` keeps them.',
      ja: '作成したほかのクライアントの扱いを、`children`で指定してください。`revoke`はともに失効させ、`adopt`は残します。',
    },
    client_id,
    child_client_ids: named,
    next: nextCall('DELETE', `/v1/api-clients/${client_id}?children=revoke`, {
      en: 'revokes the client and the clients that it created; children=adopt keeps those',
      ja: '作成したクライアントとともに失効させます。作成したクライアントを残すには「children=adopt」を指定します',
    }),
  }
}

function userConflict({ account_id, external_id }: Extract<StateConflict, { external_id: string }>): Description {
  return {
    detail: {
      en: `The support account ${account_id} already has the external_id ${external_id}.`,
      ja: `「external_id」の値「${external_id}」は、すでにサポートサイトのアカウント「${account_id}」に登録されています。`,
    },
    remedy: {
      en: 'A user of the help desk has one account. Remove the id from the other account first, with `null`.',
      ja: 'ヘルプデスクのユーザー1件に、アカウントは1件です。先に、もう一方のアカウントの`external_id`を`null`にしてください。',
    },
    account_id,
    external_id,
    next: nextCall('PATCH', `/v1/support-accounts/${account_id}`, {
      en: 'removes the id, with external_id null',
      ja: '「external_id」に「null」を指定して、登録を取り消します',
    }),
  }
}

const APPROVE = {
  en: 'Approve it with `POST /v1/change-requests/{change_request_id}/approve`: this needs the scope `contacts:write`.',
  ja: 'スコープ`contacts:write`を持つクライアントが、`POST /v1/change-requests/{change_request_id}/approve`で承認してください。',
}

const REQUEST_AGAIN = {
  en: 'This state is final. If the change is still needed, record a new request with `POST /v1/change-requests`.',
  ja: 'この変更依頼は終了しています。同じ変更が必要な場合は、`POST /v1/change-requests`で新しい変更依頼を登録してください。',
}

const READ_REQUEST = {
  en: 'Read the change request to see its state and its plan, and do what that state allows.',
  ja: '変更依頼を取得し、現在の状況と変更内容をご確認のうえ、その状況で可能な操作を行ってください。',
}

function isFinal(state: ChangeRequestState): boolean {
  return ['applied', 'rejected', 'withdrawn', 'failed'].includes(state)
}

const REQUEST_STATES_EN: Partial<Record<ChangeRequestState, string>> = {
  needs_primary_confirmation: "The change request waits for the primary's confirmation.",
  needs_approval: 'The change request waits for approval by a client that may apply it.',
}

const REQUEST_STATES_JA: Record<ChangeRequestState, string> = {
  needs_primary_confirmation: '主担当の確認待ち',
  needs_approval: '承認待ち',
  ready: '適用待ち',
  scheduled: '適用予定',
  applied: '適用済み',
  rejected: '却下済み',
  withdrawn: '取り下げ済み',
  failed: '適用失敗',
}
