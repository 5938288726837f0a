import type { ImportState } from '#domain/vocabulary.ts'
import type { FactsByType } from '#http/problems/facts-by-type.ts'
import { nextCall } from '#http/problems/next-call.ts'
import type { Description } from '#http/problems/problem-description.ts'

type ImportConflict = Extract<FactsByType['state-conflict'], { import_id: string }>

/** What the state of an import does not allow: to cancel one that is over, to delete one that is not. */
export function importConflict({ import_id, state }: ImportConflict): Description {
  const isOver = state !== 'received' && state !== 'running'
  return {
    detail: isOver
      ? {
          en: `The import is over: it is ${state}.`,
          ja: `このインポートは終わっています(${IMPORT_STATES_JA[state]})。`,
        }
      : { en: 'The import is not over yet.', ja: 'このインポートはまだ終わっていません。' },
    remedy: isOver
      ? {
          en: 'Nothing is left to cancel. To undo what the import did, change the contacts themselves.',
          ja: '中止できる処理は残っていません。取り込んだ内容を元に戻すには、問い合わせご担当者を個別に変更してください。',
        }
      : {
          en: 'Cancel it first, or wait until it is over. Then delete it.',
          ja: '先に中止するか、終わるまでお待ちください。その後、削除してください。',
        },
    import_id,
    state,
    next: nextCall('GET', `/v1/imports/${import_id}`, { en: 'shows its progress', ja: '進み具合を確認します' }),
  }
}

const IMPORT_STATES_JA: Record<ImportState, string> = {
  received: '受付済み',
  running: '処理中',
  finished: '完了',
  failed: '失敗',
  cancelled: '中止済み',
}
