import type { UnknownReference } from '#domain/refusal.ts'
import type { Words } from '#http/problems/language.ts'
import type { Descriptions } from '#http/problems/problem-description.ts'
import type { NamedResource } from '#http/problems/facts-by-type.ts'

/** Things that are not there. */
export const REFERENCE_DESCRIPTIONS = {
  'not-found': facts => {
    if (facts.resource === 'path')
      return {
        detail: { en: 'This path does not exist.', ja: '指定されたパスは存在しません。' },
        remedy: {
          en: 'Check the path. The document at `/openapi.json` has all paths.',
          ja: 'パスをご確認ください。すべてのパスは`/openapi.json`に記載しています。',
        },
      }
    if (facts.resource === 'person')
      return { detail: { en: 'Nothing is held of this person.', ja: '該当する方の情報は保有していません。' } }
    const { en, ja } = RESOURCES[facts.resource]
    return {
      detail:
        'removed' in facts
          ? {
              en:
                `This ${en} was ${isRevocable(facts.resource) ? 'revoked' : 'removed'}, ` +
                'so it can no longer be changed.',
              ja: `この${ja}は${isRevocable(facts.resource) ? '失効して' : '削除されて'}いるため、変更できません。`,
            }
          : { en: `There is no ${en} with this id.`, ja: `該当する${ja}が見つかりません。IDをご確認ください。` },
    }
  },
  'unknown-reference': ({ references }) => ({
    detail: {
      en: `Not registered: ${references.map(referenceInEnglish).join(', ')}.`,
      ja: `登録されていないIDが指定されています(${references.map(referenceInJapanese).join('、')})。IDをご確認ください。`,
    },
    references,
  }),
} satisfies Descriptions<'not-found' | 'unknown-reference'>

const RESOURCES = {
  api_client: { en: 'API client', ja: 'APIクライアント' },
  api_key: { en: 'API key', ja: 'APIキー' },
  app: { en: 'app', ja: 'アプリ' },
  application_form: { en: 'application form', ja: 'サービス利用申込書' },
  change_request: { en: 'change request', ja: '変更依頼' },
  contact: { en: 'contact', ja: '問い合わせご担当者' },
  contract: { en: 'contract', ja: '契約' },
  customer: { en: 'customer', ja: 'お客様企業' },
  import: { en: 'import', ja: 'インポート' },
  problem: { en: 'problem type', ja: 'エラーの種類' },
  product: { en: 'product', ja: '製品' },
  person: { en: 'person', ja: '該当する方' },
  support_account: { en: 'support account', ja: 'サポートサイトのアカウント' },
  webhook_delivery: { en: 'webhook delivery', ja: 'Webhookの配信' },
  webhook_endpoint: { en: 'webhook endpoint', ja: 'Webhookの送信先' },
} satisfies Record<NamedResource, Words>

export const RESOURCE_NAMES = Object.keys(RESOURCES) as NamedResource[]

function isRevocable(resource: NamedResource): boolean {
  return resource === 'api_client' || resource === 'api_key'
}

function referenceInEnglish({ resource, id }: UnknownReference): string {
  return id === undefined ? resource : `${resource} ${id}`
}

function referenceInJapanese({ resource, id }: UnknownReference): string {
  return id === undefined ? RESOURCES[resource].ja : `${RESOURCES[resource].ja}「${id}」`
}
