import type { Words } from '#http/problems/language.ts'
import type { Descriptions } from '#http/problems/problem-description.ts'
import type { FactsByType, OutageReason, RatePolicy } from '#http/problems/facts-by-type.ts'

/** Problems of credentials, scopes, limits and overload. */
export const ACCESS_DESCRIPTIONS = {
  // One answer for every fault of a credential, so that it shows nothing of the credentials that exist.
  unauthenticated: () => ({
    detail: {
      en: 'Send an API key or an access token as "Authorization: Bearer <key>".',
      ja: 'APIキーまたはアクセストークンを「Authorization: Bearer <key>」の形式で送信してください。',
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
      en: 'Something went wrong that is not your doing. What the request would have changed is undone.',
      ja: 'サービス側で問題が発生しました。このリクエストによる変更は、すべて取り消されています。',
    },
  }),
} satisfies Descriptions<'unauthenticated' | 'forbidden' | 'rate-limited' | 'unavailable' | 'internal-error'>

const OUTAGES: Record<OutageReason, Words> = {
  'database-away': {
    en: 'The database cannot be reached or does not answer in time. Nothing is half done.',
    ja: 'データベースに接続できないか、時間内に応答がありません。途中まで変更されることはありません。',
  },
  'database-read-only': {
    en: 'The database takes no changes now. Nothing is half done.',
    ja: 'データベースが、現在変更を受け付けていません。途中まで変更されることはありません。',
  },
  'database-full': {
    en: 'The database has no room, no memory or no connection left. Nothing is half done.',
    ja: 'データベースの容量、メモリー、または接続数が不足しています。途中まで変更されることはありません。',
  },
  contended: {
    en: 'Other requests are changing the same contract or address, and have not ended in time. Nothing is half done.',
    ja: '同じ契約またはメールアドレスを、ほかのリクエストが変更しています。時間内に終わりませんでした。途中まで変更されることはありません。',
  },
  'not-migrated': {
    en: 'The database has not been migrated to this release yet: the operator runs `npm run migrate`.',
    ja: 'データベースが、まだこのリリースに対応していません。運用担当者が`npm run migrate`を実行する必要があります。',
  },
  stopping: {
    en: 'This process is stopping, and takes no new work.',
    ja: 'このプロセスは停止の途中のため、新しいリクエストを受け付けていません。',
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

function missingScope({ required_scope, to_grant }: { required_scope: string; to_grant?: true | undefined }): Words {
  return to_grant === true
    ? {
        en:
          `Only a client that has the scope ${required_scope} itself can do this ` +
          `to one that has it, or is to have it.`,
        ja: `スコープ「${required_scope}」を持つクライアント、またはこれから持つクライアントにこの操作ができるのは、自身も同じスコープを持つクライアントだけです。`,
      }
    : {
        en: `This needs the scope ${required_scope}.`,
        ja: `この操作には、スコープ「${required_scope}」が必要です。`,
      }
}

const NOT_TO_GIVE: Record<Extract<FactsByType['forbidden'], { because: string }>['because'], Words> = {
  'own-terms': {
    en: 'No client changes its own terms. Ask another client that manages API clients, or the operator.',
    ja: 'クライアントが自身の条件を変更することはできません。APIクライアントを管理するほかのクライアント、または運用の担当者にご依頼ください。',
  },
  'beyond-ranges': {
    en: 'A client gives only IP addresses that it, and the maker of the client concerned, may call from.',
    ja: '与えられるIPアドレスの範囲は、操作するクライアント自身と、対象のクライアントを作成したクライアントの範囲までです。',
  },
  'beyond-end': {
    en: 'A client, its key and what it makes end no later than the client or credential that gives them.',
    ja: '期限を、操作するクライアントまたは対象のクライアントを作成したクライアントの期限より後にすることはできません。',
  },
}

const TOO_MANY: Record<RatePolicy, Words> = {
  default: { en: 'Too many requests of this client.', ja: 'このクライアントからのリクエストが多すぎます。' },
  anonymous: {
    en: 'Too many requests without a valid key from this address.',
    ja: 'このアドレスからの、有効なキーのないリクエストが多すぎます。',
  },
  confirmations: {
    en: 'Too many domains of refused senders for this client, for which it would get `confirm_with` or `hints`.',
    ja: 'このクライアントからの、`confirm_with`または`hints`を返す未登録の送信者のドメインの確認が多すぎます。',
  },
  failures: {
    en: 'Too many keys that are not valid from this address.',
    ja: 'このアドレスからの、無効なキーでのリクエストが多すぎます。',
  },
}
