import type { Words } from '#http/problems/language.ts'
import type { Descriptions } from '#http/problems/problem-description.ts'
import type { FactsByType, OutageReason, RatePolicy } from '#http/problems/facts-by-type.ts'

/** Problems of credentials, scopes, limits and overload. */
export const ACCESS_DESCRIPTIONS = {
  // One answer for every fault of a credential, so that it shows nothing of the credentials that exist.
  unauthenticated: () => ({
    detail: {
      en: 'The request has no credential that is valid now and from this IP address.',
      ja: 'この接続元から現在利用できる認証情報が、リクエストに含まれていません。',
    },
  }),
  forbidden: facts =>
    'because' in facts
      ? { detail: NOT_TO_GIVE[facts.because] }
      : { detail: missingScope(facts), required_scope: facts.required_scope },
  'rate-limited': ({ policy, retry_after }) => ({
    detail: TOO_MANY[policy],
    retry_after,
    'violated-policies': [policy],
  }),
  unavailable: ({ because }) => ({ detail: OUTAGES[because] }),
  'internal-error': () => ({
    detail: {
      en: 'An error occurred in the service, not in the request. All changes of the request were undone.',
      ja: 'サービス側で問題が発生しました。このリクエストによる変更は、すべて取り消されています。',
    },
  }),
} satisfies Descriptions<'unauthenticated' | 'forbidden' | 'rate-limited' | 'unavailable' | 'internal-error'>

const OUTAGES: Record<OutageReason, Words> = {
  'database-away': {
    en: 'The database cannot be reached, or does not answer in time. No change is applied in part.',
    ja: 'データベースに接続できないか、時間内に応答がありません。変更が途中まで適用されることはありません。',
  },
  'database-read-only': {
    en: 'The database takes no changes now. No change is applied in part.',
    ja: 'データベースが、現在変更を受け付けていません。変更が途中まで適用されることはありません。',
  },
  'database-full': {
    en: 'The database has no space, memory or connections left. No change is applied in part.',
    ja: 'データベースの容量、メモリー、または接続数が不足しています。変更が途中まで適用されることはありません。',
  },
  contended: {
    en:
      'Other requests are changing the same contract or email address, and did not finish in time. ' +
      'No change is applied in part.',
    ja: '同じ契約またはメールアドレスを、ほかのリクエストが変更しています。時間内に終わりませんでした。変更が途中まで適用されることはありません。',
  },
  'not-migrated': {
    en: 'The database has not been migrated to this release yet: the operator must run `npm run migrate`.',
    ja: 'データベースが、まだこのリリースに対応していません。運用担当者が`npm run migrate`を実行する必要があります。',
  },
  stopping: {
    en: 'The service is stopping, and accepts no new requests.',
    ja: 'サービスを停止しているため、新しいリクエストを受け付けていません。',
  },
  overloaded: {
    en: 'The service receives more requests than it can answer now.',
    ja: '現在応答できる量を超えるリクエストが届いています。',
  },
  'large-bodies': {
    en: 'Too many requests with large bodies arrived at the same time.',
    ja: '本文の大きなリクエストが、同時に多数届いています。',
  },
  'token-keys-away': {
    en: 'The service cannot fetch the keys of the identity provider, so it cannot check the access token.',
    ja: '認証基盤(IDプロバイダー)の公開鍵を取得できないため、アクセストークンを確認できません。',
  },
}

function missingScope({ required_scope, to_grant }: { required_scope: string; to_grant?: true | undefined }): Words {
  return to_grant === true
    ? {
        en:
          `Only a client that has the scope ${required_scope} can create, change or revoke ` +
          'a client with this scope, or give it a key.',
        ja: `スコープ「${required_scope}」を持つクライアントの作成、変更、失効、キーの発行は、同じスコープを持つクライアントだけが行えます。`,
      }
    : {
        en: `This operation requires the scope ${required_scope}.`,
        ja: `この操作には、スコープ「${required_scope}」が必要です。`,
      }
}

const NOT_TO_GIVE: Record<Extract<FactsByType['forbidden'], { because: string }>['because'], Words> = {
  'own-terms': {
    en: 'A client cannot change itself. Use another client that manages API clients, or ask the operator.',
    ja: 'クライアントが自身の設定を変更することはできません。APIクライアントを管理するほかのクライアント、または運用の担当者にご依頼ください。',
  },
  'beyond-ranges': {
    en: 'A client can grant only IP addresses from which it may call itself, and the client that created this one too.',
    ja: '設定できるIPアドレスの範囲は、操作するクライアント自身と、対象のクライアントを作成したクライアントの範囲までです。',
  },
  'names-requester': {
    en: 'A client that must name requesters cannot create a client without this duty: omit `names_requester`.',
    ja: '依頼者を記録する必要があるクライアントは、その必要のないクライアントを作成できません。「names_requester」を省略してください。',
  },
  'beyond-end': {
    en: 'The expiry must not be later than that of the client that sets it, or of the client that created this one.',
    ja: '有効期限は、操作するクライアントと、対象のクライアントを作成したクライアントの有効期限以前で指定してください。',
  },
}

const TOO_MANY: Record<RatePolicy, Words> = {
  default: { en: 'Too many requests from this client.', ja: 'このクライアントからのリクエストが多すぎます。' },
  anonymous: {
    en: 'Too many requests without a valid key from this IP address.',
    ja: 'このIPアドレスからの、有効なキーのないリクエストが多すぎます。',
  },
  confirmations: {
    en: 'This client has checked refused senders of too many domains for answers with `confirm_with` or `hints`.',
    ja: 'このクライアントが確認した未登録の送信者のドメインが多すぎるため、`confirm_with`と`hints`をお返しできません。',
  },
  failures: {
    en: 'Too many requests with an invalid key from this IP address.',
    ja: 'このIPアドレスからの、無効なキーでのリクエストが多すぎます。',
  },
}
