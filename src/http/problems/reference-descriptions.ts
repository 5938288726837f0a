import type { UnknownReference } from '#domain/refusal.ts'
import type { Words } from '#http/problems/language.ts'
import type { Descriptions } from '#http/problems/problem-description.ts'
import type { NamedResource } from '#http/problems/facts-by-type.ts'

/** Things that are not there. */
export const REFERENCE_DESCRIPTIONS = {
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
  'unknown-reference': ({ references }) => ({
    detail: {
      en: `Not in the registry: ${references.map(referenceInEnglish).join(', ')}.`,
      ja: `登録されていないものが指定されています(${references.map(referenceInJapanese).join('、')})。IDをご確認ください。`,
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
  problem: { en: 'problem', ja: '問題の説明' },
  product: { en: 'product', ja: '製品' },
  support_account: { en: 'support account', ja: 'サポートサイトのアカウント' },
} satisfies Record<NamedResource, Words>

export const RESOURCE_NAMES = Object.keys(RESOURCES) as NamedResource[]

function referenceInEnglish({ resource, id }: UnknownReference): string {
  return id === undefined ? resource : `${resource} ${id}`
}

function referenceInJapanese({ resource, id }: UnknownReference): string {
  return id === undefined ? RESOURCES[resource].ja : `${RESOURCES[resource].ja}「${id}」`
}
