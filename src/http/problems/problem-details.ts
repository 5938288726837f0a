import type { Refusal, UnknownReference } from '#domain/refusal.ts'
import type { ChangeRequestState } from '#domain/vocabulary.ts'
import { wordsOf, type FieldError } from '#http/problems/field-errors.ts'
import type { Words } from '#http/problems/language.ts'
import { MOST_LISTED } from '#http/problems/listed.ts'
import { nameDescription } from '#http/problems/name-texts.ts'
import type { RatePolicy } from '#http/limits/rate-limits.ts'
import type { Scope } from '#http/auth/scopes.ts'

/** What the HTTP layer itself cannot take, with what is needed to put it right. */
export type HttpFacts =
  | { type: 'invalid-request'; errors: readonly FieldError[] }
  | { type: 'unauthenticated' }
  | { type: 'forbidden'; required_scope: Scope; to_grant?: never }
  | { type: 'not-found'; resource: 'path' | 'problem' }
  | { type: 'method-not-allowed'; allow: readonly string[] }
  | { type: 'not-acceptable'; media_types: readonly string[] }
  | { type: 'request-timeout' }
  | { type: 'payload-too-large'; limit_bytes: number }
  | { type: 'unsupported-media-type'; media_types: readonly string[] }
  | { type: 'uri-too-long'; limit_bytes: number }
  | { type: 'rate-limited'; policy: RatePolicy; retry_after: number }
  | { type: 'header-fields-too-large'; most_fields?: number }
  | { type: 'internal-error' }
  | {
      type: 'unavailable'
      because: 'database-away' | 'not-migrated' | 'token-keys-away' | 'overloaded' | 'large-bodies'
    }

/** What happened, before it is put into words: a refusal of the domain, or what the HTTP layer itself cannot take. */
export type ProblemFacts = Refusal | HttpFacts

/** One place in the request that does not fit, as `errors` lists it. */
export type DescribedError = { in: NonNullable<FieldError['in']>; pointer: string; code: string; detail: Words }

/** The next call that would put it right. */
type NextCall = { method: string; path: string; why: Words }

/** What a problem says this time, and the fields of its document. */
export type Description = { detail: Words; errors?: DescribedError[]; next?: NextCall } & Record<string, unknown>

/** What may not be found under an id or a name. */
export type NamedResource = Exclude<Extract<ProblemFacts, { type: 'not-found' }>['resource'], 'path'>

type Describe = { [Type in ProblemFacts['type']]: (facts: Extract<ProblemFacts, { type: Type }>) => Description }

// What each problem says this time. A new one without its words, or with words in one language only, does not compile.
const DESCRIPTIONS = {
  'invalid-request': ({ errors }) => placesDescription(errors),
  // One answer for whatever is wrong with a credential: it tells nothing of those that there are.
  unauthenticated: () => ({
    detail: {
      en: 'Send an API key or an access token as "Authorization: Bearer <key>".',
      ja: 'APIキーまたはアクセストークンを「Authorization: Bearer <key>」の形式で送信してください。',
    },
  }),
  forbidden: ({ required_scope, to_grant }) => ({
    detail:
      to_grant === true
        ? {
            en: `Only a client that has the scope ${required_scope} itself can do this to one that has it, or is to have it.`,
            ja: `スコープ「${required_scope}」を持つクライアント、またはこれから持つクライアントにこの操作ができるのは、自身も同じスコープを持つクライアントだけです。`,
          }
        : {
            en: `This needs the scope ${required_scope}.`,
            ja: `この操作には、スコープ「${required_scope}」が必要です。`,
          },
    required_scope,
  }),
  'not-found': facts => {
    if (facts.resource === 'path')
      return {
        detail: { en: 'There is nothing under this path.', ja: 'このパスには何もありません。パスをご確認ください。' },
      }
    const { en, ja } = RESOURCES[facts.resource]
    return {
      detail:
        'removed' in facts
          ? {
              en: `It was removed, and can no longer be changed: this ${en}.`,
              ja: `この${ja}は削除されているため、変更できません。`,
            }
          : { en: `There is no such ${en}.`, ja: `該当する${ja}が見つかりません。IDをご確認ください。` },
    }
  },
  'method-not-allowed': ({ allow }) => ({
    detail: {
      en: `This path knows ${allow.join(', ')}.`,
      ja: `このパスで使用できるメソッドは「${allow.join('」「')}」です。`,
    },
    allow,
  }),
  'not-acceptable': ({ media_types }) => ({
    detail: {
      en: `This path answers in ${media_types.join(' or ')}.`,
      ja: `このパスは「${media_types.join('」または「')}」の形式で応答します。`,
    },
  }),
  'request-timeout': () => ({
    detail: { en: 'The whole request did not arrive in time.', ja: 'リクエスト全体が時間内に届きませんでした。' },
  }),
  'unknown-reference': ({ references }) => ({
    detail: {
      en: `Not in the registry: ${references.map(({ resource, id }) => (id === undefined ? resource : `${resource} ${id}`)).join(', ')}.`,
      ja: `登録されていないものが指定されています(${references.map(referenceInJapanese).join('、')})。IDをご確認ください。`,
    },
    references,
  }),
  'invalid-value': ({ errors }) => placesDescription(errors),
  'customer-fixed': ({ contract_id }) => ({
    detail: {
      en: `Contract ${contract_id} is registered for another customer.`,
      ja: `契約「${contract_id}」は、別のお客様企業の契約として登録されています。`,
    },
    contract_id,
  }),
  'contract-not-in-force': ({ contract_id, state, ends_on }) => ({
    detail: {
      en: `Contract ${contract_id} ended on ${ends_on}.`,
      ja: `契約「${contract_id}」は${ends_on}に終了しています。`,
    },
    contract_id,
    state,
    ends_on,
    next: call('GET', `/v1/contracts/${contract_id}`, {
      en: 'shows until when the contract is in force',
      ja: '契約期間を確認します',
    }),
  }),
  'already-registered': ({ contract_id, registered_at }) => ({
    detail: {
      en: `Contract ${contract_id} has had contacts before: its first registration is done.`,
      ja: `契約「${contract_id}」の問い合わせご担当者の新規登録は、すでに完了しています。`,
    },
    contract_id,
    ...(registered_at !== null && { registered_at }),
    next: call('POST', '/v1/change-requests', {
      en: 'asks for additions, changes and removals',
      ja: '追加、変更、削除を依頼します',
    }),
  }),
  'form-limit-reached': ({ contract_id, form_version, limit, given }) => ({
    detail: {
      en: `A form of version ${form_version} registers at most ${limit} contacts on contract ${contract_id}, and this one names ${given}.`,
      ja: `${form_version}版のサービス利用申込書で契約「${contract_id}」に登録できるのは${limit}名までですが、${given}名が記載されています。`,
    },
    contract_id,
    limit,
    given,
    next: call('POST', `/v1/contracts/${contract_id}/application-form`, {
      en: 'registers the first contacts, with a form that names no more',
      ja: '人数を減らした申込書で登録します',
    }),
  }),
  'removals-unconfirmed': ({ contract_id, removals }) => ({
    detail: {
      en: `This list removes ${removals} contacts of contract ${contract_id}.`,
      ja: `この一覧を適用すると、契約「${contract_id}」の問い合わせご担当者${removals}名が削除されます。`,
    },
    contract_id,
    removals,
    next: call('PUT', `/v1/contracts/${contract_id}/roster`, {
      en: `with "confirm_removals": ${removals}, if that is meant`,
      ja: `削除してよい場合は、「"confirm_removals": ${removals}」を付けて送信します`,
    }),
  }),
  'confirmation-required': ({ contract_id, primary_contact_id, change_request_id }) => ({
    detail: {
      en: `Only the primary of contract ${contract_id} can confirm this.`,
      ja: `この変更依頼には、契約「${contract_id}」の主担当の方の確認が必要です。`,
    },
    contract_id,
    ...(primary_contact_id !== undefined && { primary_contact_id }),
    ...(change_request_id !== undefined && {
      change_request_id,
      next: call('POST', `/v1/change-requests/${change_request_id}/confirm`, {
        en: "records the primary's confirmation",
        ja: '主担当の方の確認を記録します',
      }),
    }),
  }),
  'state-conflict': facts => {
    if ('change_request_id' in facts) return requestConflict(facts)
    return 'contract_ids' in facts ? customerConflict(facts) : contractConflict(facts)
  },
  'seat-limit-reached': ({ contract_id, limit, used, over }) => ({
    detail: {
      en: `Contract ${contract_id} may register ${limit} contacts and has ${used}.`,
      ja: `契約「${contract_id}」の登録可能人数は${limit}名で、すでに${used}名が登録されています。`,
    },
    contract_id,
    limit,
    used,
    over,
    next: call('GET', `/v1/contracts/${contract_id}`, {
      en: 'explains the limit line by line',
      ja: '登録可能人数の内訳を確認します',
    }),
  }),
  'primary-required': ({ contract_id, primary_contact_id }) =>
    primary_contact_id === undefined
      ? {
          detail: {
            en: `Contract ${contract_id} has no contact yet: the first has to be its primary.`,
            ja: `契約「${contract_id}」には、まだ問い合わせご担当者が登録されていません。最初に主担当を登録してください。`,
          },
          contract_id,
          next: call('POST', `/v1/contracts/${contract_id}/contacts`, {
            en: 'with "role": "primary"',
            ja: '「"role": "primary"」を付けて登録します',
          }),
        }
      : {
          detail: {
            en: `The primary of contract ${contract_id} cannot go while other contacts remain.`,
            ja: `契約「${contract_id}」に副担当が登録されている間は、主担当を削除できません。`,
          },
          contract_id,
          primary_contact_id,
          next: call('PUT', `/v1/contracts/${contract_id}/primary`, {
            en: 'hands the role to another contact; "former_primary": "removed" lets the present one go',
            ja: '主担当を別の方に引き継ぎます。現在の主担当を削除する場合は「"former_primary": "removed"」を付けます',
          }),
        },
  'primary-exists': ({ contract_id, primary_contact_id }) => ({
    detail:
      contract_id === undefined
        ? { en: 'The contract has a primary already.', ja: 'この契約には、すでに主担当が登録されています。' }
        : {
            en: `Contract ${contract_id} has a primary already.`,
            ja: `契約「${contract_id}」には、すでに主担当が登録されています。`,
          },
    ...(contract_id !== undefined && {
      contract_id,
      next: call('PUT', `/v1/contracts/${contract_id}/primary`, {
        en: 'hands the role over or replaces the primary in one step',
        ja: '主担当の引き継ぎ、または交代を一度に行います',
      }),
    }),
    ...(primary_contact_id !== undefined && { primary_contact_id }),
  }),
  'duplicate-contact': ({ contract_id, contact_id }) => ({
    detail: {
      en: 'The same person, by name and address, is registered on this contract.',
      ja: 'お名前とメールアドレスが同じ方が、この契約にすでに登録されています。',
    },
    ...(contract_id !== undefined && { contract_id }),
    ...(contact_id !== undefined && {
      contact_id,
      next: call('GET', `/v1/contacts/${contact_id}`, {
        en: 'shows the contact that is there',
        ja: '登録済みの問い合わせご担当者を確認します',
      }),
    }),
  }),
  'email-in-use': ({ contacts }) => ({
    detail: {
      en: 'Another person of this customer is registered with this address. If the mailbox is shared, send the request anew with "shared_mailbox": true.',
      ja: 'このメールアドレスには、同じお客様企業の別の方が登録されています。共有メールアドレスの場合は、「"shared_mailbox": true」を付けてもう一度送信してください。',
    },
    contacts,
  }),
  'email-taken': () => ({
    detail: {
      en: 'This address cannot be registered for this customer.',
      ja: 'このメールアドレスは、このお客様企業では登録できません。別のメールアドレスを指定してください。',
    },
  }),
  'name-not-personal': nameDescription,
  'account-closed': ({ account_id }) => ({
    detail: {
      en: 'Nobody is behind this support account any more.',
      ja: 'このサポートサイトのアカウントには、ご登録中の問い合わせご担当者がいません。',
    },
    account_id,
  }),
  'precondition-required': () => ({
    detail: {
      en: 'Send the ETag of the roster that the list was made from, as If-Match.',
      ja: '元にした一覧の「ETag」の値を、「If-Match」ヘッダーで送信してください。',
    },
  }),
  'precondition-failed': ({ current_etag }) => ({
    detail:
      current_etag === null
        ? {
            en: 'There is nothing yet that a condition could match.',
            ja: '条件の対象となるものが、まだ登録されていません。',
          }
        : {
            en: 'What is there now does not meet the condition.',
            ja: '現在の登録内容が、指定された条件を満たしていません。',
          },
    current_etag,
  }),
  'idempotency-key-in-use': () => ({
    detail: {
      en: 'A request with this Idempotency-Key is still running.',
      ja: '同じ「Idempotency-Key」のリクエストを処理しています。',
    },
  }),
  'idempotency-key-reused': () => ({
    detail: {
      en: 'This Idempotency-Key came with another request.',
      ja: 'この「Idempotency-Key」は、別の内容のリクエストで使用されています。',
    },
  }),
  'payload-too-large': ({ limit_bytes }) => ({
    detail: {
      en: `The body is larger than ${limit_bytes} bytes.`,
      ja: `本文が大きすぎます。${limit_bytes}バイト以内にしてください。`,
    },
    limit_bytes,
  }),
  'unsupported-media-type': ({ media_types }) => ({
    detail: {
      en: `Send ${media_types.join(' or ')} in UTF-8, not compressed.`,
      ja: `本文は「${media_types.join('」または「')}」の形式、文字コードUTF-8で、圧縮せずに送信してください。`,
    },
  }),
  'uri-too-long': ({ limit_bytes }) => ({
    detail: { en: `The URL is longer than ${limit_bytes} bytes.`, ja: `URLが${limit_bytes}バイトを超えています。` },
    limit_bytes,
  }),
  'rate-limited': ({ policy, retry_after }) => ({
    detail: TOO_MANY[policy],
    retry_after,
    'violated-policies': [policy],
  }),
  'header-fields-too-large': ({ most_fields }) => ({
    detail:
      most_fields === undefined
        ? { en: 'Request line and header fields are too large.', ja: 'リクエスト行とヘッダーが大きすぎます。' }
        : { en: `There are more than ${most_fields} header fields.`, ja: `ヘッダーが${most_fields}個を超えています。` },
  }),
  'internal-error': () => ({
    detail: {
      en: 'Something went wrong that is not your doing. What the request would have changed is undone.',
      ja: 'サービス側で問題が発生しました。このリクエストによる変更は、すべて取り消されています。',
    },
  }),
  unavailable: ({ because }) => ({ detail: OUTAGES[because] }),
} satisfies Describe

/** What happened this time, in every language, and what is needed to put it right. */
export function describe(facts: ProblemFacts): Description {
  return (DESCRIPTIONS as Record<ProblemFacts['type'], (facts: never) => Description>)[facts.type](facts as never)
}

function countedPlaces(count: number): Words {
  if (count > MOST_LISTED)
    return {
      en: `The request does not fit the contract in more than ${MOST_LISTED} places. The first are listed.`,
      ja: `リクエストの${MOST_LISTED}か所より多くがAPI仕様に合っていません。最初のものを「errors」に記載しています。`,
    }
  return {
    en: `The request does not fit the contract in ${count} places.`,
    ja: `リクエストの${count}か所がAPI仕様に合っていません。「errors」をご確認ください。`,
  }
}

function describedError({ in: part = 'body', pointer, ...fault }: FieldError): DescribedError {
  return { in: part, pointer, code: fault.code, detail: wordsOf(fault) }
}

const RESOURCES = {
  api_client: { en: 'API client', ja: 'APIクライアント' },
  api_key: { en: 'API key', ja: 'APIキー' },
  app: { en: 'app', ja: 'アプリ' },
  application_form: { en: 'application form', ja: 'サービス利用申込書' },
  change_request: { en: 'change request', ja: '変更依頼' },
  contact: { en: 'contact', ja: '問い合わせご担当者' },
  contract: { en: 'contract', ja: '契約' },
  customer: { en: 'customer', ja: 'お客様企業' },
  problem: { en: 'problem', ja: '問題の説明' },
  product: { en: 'product', ja: '製品' },
  support_account: { en: 'support account', ja: 'サポートサイトのアカウント' },
} satisfies Record<NamedResource, Words>

export const RESOURCE_NAMES = Object.keys(RESOURCES) as NamedResource[]

const OUTAGES: Record<Extract<HttpFacts, { type: 'unavailable' }>['because'], Words> = {
  'database-away': {
    en: 'The database cannot be reached or does not answer in time. Nothing is half done.',
    ja: 'データベースに接続できないか、時間内に応答がありません。途中まで変更されることはありません。',
  },
  'not-migrated': {
    en: 'The database has not been migrated to this release yet.',
    ja: 'データベースが、まだこのリリースに対応していません。',
  },
  overloaded: {
    en: 'More is asked of the service than it can answer now.',
    ja: '現在応答できる量を超えるリクエストが届いています。',
  },
  'large-bodies': {
    en: 'Too many large bodies arrive at once.',
    ja: '大きな本文のリクエストが同時に届きすぎています。',
  },
  'token-keys-away': {
    en: 'The keys of the identity provider cannot be fetched, so the access token cannot be checked.',
    ja: '認証基盤(IDプロバイダー)の公開鍵を取得できないため、アクセストークンを確認できません。',
  },
}

const TOO_MANY: Record<RatePolicy, Words> = {
  default: { en: 'Too many requests of this client.', ja: 'このクライアントからのリクエストが多すぎます。' },
  anonymous: {
    en: 'Too many requests without a valid key from this address.',
    ja: 'このアドレスからの、有効なキーのないリクエストが多すぎます。',
  },
  failures: {
    en: 'Too many keys that are not valid from this address.',
    ja: 'このアドレスからの、無効なキーでのリクエストが多すぎます。',
  },
}

const REQUEST_STATES_EN: Partial<Record<ChangeRequestState, string>> = {
  needs_primary_confirmation: "The change request waits for the primary's confirmation.",
  needs_approval: 'The change request waits for the approval of a client that may apply it.',
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

function referenceInJapanese({ resource, id }: UnknownReference): string {
  return id === undefined ? RESOURCES[resource].ja : `${RESOURCES[resource].ja}「${id}」`
}

function call(method: string, path: string, why: Words): NextCall {
  return { method, path, why }
}

/** Everything in the request that does not fit: one mistake in words, several by their number. */
function placesDescription(errors: readonly FieldError[]): Description {
  const described = errors.slice(0, MOST_LISTED).map(describedError)
  const [first, ...others] = described
  return {
    detail: first !== undefined && others.length === 0 ? first.detail : countedPlaces(errors.length),
    errors: described,
  }
}

type StateConflict = Extract<Refusal, { type: 'state-conflict' }>

function requestConflict({
  change_request_id,
  state,
  effective_on,
}: Extract<StateConflict, { change_request_id: string }>): Description {
  return {
    detail:
      state === 'scheduled'
        ? {
            en: `The change request waits for ${effective_on}.`,
            ja: `この変更依頼は、${effective_on}に適用される予定です。`,
          }
        : {
            en: REQUEST_STATES_EN[state] ?? `The change request is ${state}.`,
            ja: `この変更依頼は「${REQUEST_STATES_JA[state]}」です。`,
          },
    change_request_id,
    state,
    ...(effective_on !== null && { effective_on }),
    next:
      state === 'needs_approval'
        ? call('POST', `/v1/change-requests/${change_request_id}/approve`, {
            en: 'approves it, by a client that has the scope contacts:write',
            ja: 'スコープ「contacts:write」を持つクライアントが承認します',
          })
        : call('GET', `/v1/change-requests/${change_request_id}`, {
            en: 'shows where it stands',
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
      en: `Contract ${contract_id} has had contacts since ${registered_at}, so it stays. With a last day it ends.`,
      ja: `契約「${contract_id}」には${registered_at}から問い合わせご担当者の登録があるため、削除できません。終了日を設定すると、契約は終了します。`,
    },
    contract_id,
    registered_at,
    next: call('PUT', `/v1/contracts/${contract_id}`, {
      en: 'ends the contract, with a last day in ends_on',
      ja: '契約終了日(「ends_on」)を設定して、契約を終了します',
    }),
  }
}

function customerConflict({
  customer_id,
  contract_ids,
}: Extract<StateConflict, { contract_ids: string[] }>): Description {
  return {
    detail: {
      en: `Customer ${customer_id} has contracts: ${contract_ids.join(', ')}.`,
      ja: `お客様企業「${customer_id}」には契約があるため、削除できません(${contract_ids.join('、')})。`,
    },
    customer_id,
    contract_ids,
    next: call('GET', `/v1/contracts?customer_id=${customer_id}`, {
      en: "lists the customer's contracts",
      ja: 'お客様企業の契約を一覧で確認します',
    }),
  }
}
