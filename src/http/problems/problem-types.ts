import type { Words } from '#http/problems/language.ts'
import type { ProblemType } from '#http/problems/facts-by-type.ts'

type ProblemExplanation = { status: number; title: Words; meaning: Words; remedy: Words }

/** The problems that the service answers with: the status, and the texts of `/problems/{type}` in every language. */
export const PROBLEM_TYPES = {
  'invalid-request': {
    status: 400,
    title: { en: 'The request does not fit the contract', ja: 'リクエストがAPI仕様に合っていません' },
    meaning: {
      en:
        'Something in the request is malformed: its syntax, a type, a length, a field or parameter that the ' +
        'contract does not know, or a cursor of another list. Nothing was changed.',
      ja: 'リクエストのどこかに誤りがあります。形式、型、文字数、API仕様にない項目やパラメーター、別の一覧のカーソルなどです。登録内容は変更されていません。',
    },
    remedy: {
      en:
        'Read `errors`: each entry points at one place (`in` and `pointer`) and says by its `code` what is wrong ' +
        'there. Of one part (path, query, header or body) all are listed at once, up to 50.',
      ja: '`errors`をご確認ください。1件ごとに、誤りの場所(`in`と`pointer`)と内容(`code`)を示しています。パス、クエリー、ヘッダー、本文のそれぞれについて、誤りを50件まで一度にお知らせします。',
    },
  },
  unauthenticated: {
    status: 401,
    title: { en: 'No valid credential', ja: '有効な認証情報がありません' },
    meaning: {
      en:
        'The request carries no credential that may call now, from there: none at all, one that this service does ' +
        'not know, one that has expired or was revoked, or one from outside the ranges of its client. The answer ' +
        'does not say which.',
      ja:
        'いまその接続元から利用できる認証情報がありません。送信されていない、このサービスに登録がない、期限切れまたは失効済みである、クライアントに許可された接続元の範囲外である、のいずれかです。' +
        'どれに当たるかはお答えしません。',
    },
    remedy: {
      en: 'Send an API key or an access token as `Authorization: Bearer <key>`. Neither is ever taken from the URL.',
      ja: 'APIキーまたはアクセストークンを`Authorization: Bearer <key>`の形式で送信してください。URLに含まれたものは受け付けません。',
    },
  },
  forbidden: {
    status: 403,
    title: { en: 'The client may not do this', ja: 'この操作の権限がありません' },
    meaning: {
      en:
        'The credential is valid, but its client may not do this. A client gives another one only scopes that it ' +
        'has itself, IP addresses that it may call from itself, and no later end than its own. It changes none that ' +
        'has more, and never itself.',
      ja:
        '認証情報は有効ですが、このクライアントには、この操作の権限がありません。ほかのクライアントに与えられるのは、自身が持つスコープ、自身のIPアドレスの範囲、自身の期限までです。' +
        '自身より多くのスコープを持つクライアントと、自身の条件は変更できません。',
    },
    remedy: {
      en:
        '`required_scope` names the scope that is missing, where one is. Ask the administrator of the API clients ' +
        'for it, or leave `ip_ranges` and `expires_at` out: a new client then gets what the caller can give.',
      ja:
        'スコープが不足している場合は`required_scope`に記載しています。APIクライアントの管理者に、スコープの追加をご依頼ください。' +
        '`ip_ranges`と`expires_at`を省略すると、新しいクライアントの条件は、与えられる範囲になります。',
    },
  },
  'not-found': {
    status: 404,
    title: { en: 'Nothing is here', ja: '見つかりません' },
    meaning: {
      en: 'There is nothing under this path, or nothing that the caller may see.',
      ja: 'このパスには何もないか、参照できるものがありません。',
    },
    remedy: {
      en:
        'Check the path and the id. Ids are case-sensitive. A contact that was removed can still be read, but no ' +
        'longer changed.',
      ja: 'パスとIDをご確認ください。IDは大文字と小文字を区別します。削除された問い合わせご担当者は、参照はできますが、変更はできません。',
    },
  },
  'method-not-allowed': {
    status: 405,
    title: { en: 'This path does not know the method', ja: 'このパスでは使用できないメソッドです' },
    meaning: {
      en: 'The path exists, but not with this method.',
      ja: 'パスは存在しますが、このメソッドには対応していません。',
    },
    remedy: {
      en: 'Use one of the methods in the `Allow` header.',
      ja: '`Allow`ヘッダーに記載されたメソッドを使用してください。',
    },
  },
  'not-acceptable': {
    status: 406,
    title: { en: 'No acceptable representation', ja: '対応できる応答形式がありません' },
    meaning: {
      en: 'The `Accept` header excludes every form that this path can answer in.',
      ja: '`Accept`ヘッダーに、このパスが応答できる形式が含まれていません。',
    },
    remedy: {
      en: 'Accept `application/json`, or leave the header out.',
      ja: '受け取れる形式として`application/json`を指定するか、ヘッダーを省略してください。',
    },
  },
  'request-timeout': {
    status: 408,
    title: { en: 'The request took too long to arrive', ja: 'リクエストの受信に時間がかかりすぎました' },
    meaning: {
      en: 'The whole request did not arrive in time. Nothing was changed.',
      ja: 'リクエスト全体が時間内に届きませんでした。登録内容は変更されていません。',
    },
    remedy: {
      en: 'Send the request again over a connection that keeps up.',
      ja: '通信状態をご確認のうえ、もう一度送信してください。',
    },
  },
  'account-closed': {
    status: 409,
    title: { en: 'The support account is closed', ja: 'サポートサイトのアカウントは閉鎖されています' },
    meaning: {
      en: 'No contact is behind this account any more, so it takes no reports.',
      ja: 'このアカウントには、ご登録中の問い合わせご担当者がいないため、状況を記録できません。',
    },
    remedy: {
      en: 'Look up the open account of the address: a contact that is registered again gets a new one.',
      ja: 'メールアドレスから、現在有効なアカウントをご確認ください。再度ご登録いただいた方には、新しいアカウントが作成されます。',
    },
  },
  'already-registered': {
    status: 409,
    title: { en: 'The contract has its first contacts already', ja: '問い合わせご担当者の新規登録は完了しています' },
    meaning: {
      en:
        'An application form registers the first contacts of a contract, once. This contract has had contacts since ' +
        '`registered_at`.',
      ja: 'サービス利用申込書による新規登録は、1契約につき1回です。この契約では、`registered_at`の日時に最初の問い合わせご担当者が登録されています。',
    },
    remedy: {
      en: 'Later additions, changes and removals go through support: a change request, or the roster.',
      ja: '新規登録後の追加、変更、削除は、変更依頼または一覧の更新で行ってください。',
    },
  },
  'confirmation-required': {
    status: 409,
    title: { en: 'The primary has to confirm', ja: '主担当の方の確認が必要です' },
    meaning: {
      en:
        'The requester is not a contact of the contract, or the matter touches the contract itself: then only the ' +
        "contract's primary (主担当) can confirm, and nothing is applied until then. `primary_contact_id` says who " +
        'that is now.',
      ja:
        'この契約の問い合わせご担当者以外の方からのご依頼、またはご契約内容に関わるご依頼のため、主担当の方の確認が必要です。確認が済むまで、変更は適用されません。' +
        '現在の主担当は`primary_contact_id`に記載しています。',
    },
    remedy: {
      en: 'Ask the primary, and record the answer with `POST /v1/change-requests/{change_request_id}/confirm`.',
      ja: '主担当の方に確認し、結果を`POST /v1/change-requests/{change_request_id}/confirm`で記録してください。',
    },
  },
  'contract-not-in-force': {
    status: 409,
    title: { en: 'The contract has ended', ja: '契約が終了しています' },
    meaning: {
      en:
        'A contract that has ended takes no new contacts, and its contacts get no other address. A contract that ' +
        'has not started yet takes contacts.',
      ja: '終了した契約では、問い合わせご担当者の登録も、メールアドレスの変更もできません。開始前の契約には登録できます。',
    },
    remedy: {
      en:
        'Register the person on a contract that has not ended. If the contract goes on, billing has to say so ' +
        'first, with a later `ends_on`.',
      ja: '終了していない契約に登録してください。契約を継続する場合は、先に請求システムで契約終了日(`ends_on`)を更新してください。',
    },
  },
  'customer-fixed': {
    status: 409,
    title: { en: 'A contract stays with its customer', ja: '契約のお客様企業は変更できません' },
    meaning: {
      en:
        'The contract has had contacts, and is registered for another customer. Moving it would show one customer ' +
        'the contacts and inquiries of another. Only a contract that never had a contact may be given its right ' +
        'customer.',
      ja:
        'この契約は、別のお客様企業の契約として登録されており、問い合わせご担当者の登録があります。変更すると、問い合わせご担当者とお問い合わせの履歴が、別のお客様企業に表示されるおそれがあります。' +
        'お客様企業を訂正できるのは、問い合わせご担当者が一度も登録されていない契約だけです。',
    },
    remedy: {
      en:
        'A contract with contacts goes to another customer as a whole, by a transfer, which this version does not ' +
        "offer yet. Until then, end this contract, and register the other customer's under an id of its own.",
      ja: '問い合わせご担当者の登録がある契約を別のお客様企業に移すには、契約の移管が必要です(現在の版では未対応です)。それまでは、この契約を終了し、正しいお客様企業の契約を新しいIDで登録してください。',
    },
  },
  'duplicate-contact': {
    status: 409,
    title: { en: 'This person is registered already', ja: 'この方はすでに登録されています' },
    meaning: {
      en: 'The contract already has a contact with the same name and the same address.',
      ja: 'お名前とメールアドレスが同じ問い合わせご担当者が、この契約にすでに登録されています。',
    },
    remedy: {
      en: 'Use the contact that `contact_id` names, or change it.',
      ja: '`contact_id`の問い合わせご担当者をそのままお使いいただくか、登録内容を変更してください。',
    },
  },
  'email-in-use': {
    status: 409,
    title: {
      en: 'Another contact of this customer has this email address',
      ja: 'このメールアドレスは、同じお客様企業の別の方が使用しています',
    },
    meaning: {
      en:
        'One or more contacts of this customer have the email address under another name; `contacts` lists them. ' +
        'If the names may be one person in two spellings (no given name, variant kanji such as 髙 and 高, parts in ' +
        'another order, an initial), `possibly_same_person` lists those contacts with the names as registered. ' +
        "People who share a mailbox share one support account: they see each other's inquiries.",
      ja:
        'このメールアドレスには、同じお客様企業の別のお名前の方が登録されています。登録されている方は`contacts`に記載しています。お名前の表記だけが異なる同一の方の可能性がある場合' +
        '(名がない、「髙」と「高」のような字体の違い、姓と名の順序の違い、イニシャルなど)は、登録済みのお名前を`possibly_same_person`に記載しています。' +
        '共有メールアドレスをご利用の方は、1つのサポートサイトのアカウントを共有するため、お問い合わせ履歴一覧が1つにまとまります。',
    },
    remedy: {
      en:
        'First check whether it is the same person. If it is, send `family_name` and `given_name` as they are in ' +
        '`possibly_same_person`: a person with the same name and email address needs no further statement on another ' +
        'contract, and is already registered on this one. If it is another person and they share the mailbox, send ' +
        'the request again with `"shared_mailbox": true`. Otherwise register each person with their own email ' +
        'address. Use a new `Idempotency-Key` for a changed request.',
      ja:
        'はじめに、同一の方かどうかをご確認ください。同一の方の場合は、`family_name`と`given_name`を`possibly_same_person`のとおりに送信してください' +
        '(お名前とメールアドレスが同じであれば、別の契約にもそのまま登録できます。同じ契約では、すでにご登録済みです)。別の方と共有メールアドレスをご利用の場合は、' +
        '`"shared_mailbox": true`を付けて、もう一度送信してください。共有メールアドレスではない場合は、ご本人のメールアドレスで登録してください。' +
        '内容を変更して送信するときは、`Idempotency-Key`を新しい値にしてください。',
    },
  },
  'email-taken': {
    status: 409,
    title: { en: 'The address cannot be registered here', ja: 'このメールアドレスは登録できません' },
    meaning: {
      en: 'One address never serves two customers, and this one is not available to this customer.',
      ja: '1つのメールアドレスを複数のお客様企業で登録することはできません。このメールアドレスは、このお客様企業ではご利用いただけません。',
    },
    remedy: {
      en: "Register the person with another address, one of this customer's own domain for instance.",
      ja: 'お客様企業のドメインのメールアドレスなど、別のメールアドレスで登録してください。',
    },
  },
  'form-limit-reached': {
    status: 409,
    title: {
      en: 'The form registers more contacts than its version may',
      ja: 'サービス利用申込書で登録できる人数を超えています',
    },
    meaning: {
      en:
        'An application form of version 2022-09 or earlier registers up to the full limit, a later one up to the ' +
        'base seats (基本). `limit` is that number, `given` how many contacts the form names. No contact was registered.',
      ja: '2022年9月以前のサービス利用申込書では登録可能人数まで、2022年10月以降では基本の人数までご登録いただけます。登録できる人数は`limit`、記載された人数は`given`です。どなたも登録されていません。',
    },
    remedy: {
      en: 'Register at most `limit` contacts with the form, and the others afterwards, up to the full limit.',
      ja: 'サービス利用申込書では`limit`名以内で登録し、残りの方は、登録後に登録可能人数まで追加してください。',
    },
  },
  'idempotency-key-in-use': {
    status: 409,
    title: {
      en: 'A request with this idempotency key is still running',
      ja: '同じIdempotency-Keyのリクエストを処理中です',
    },
    meaning: {
      en: 'Another request of this client with the same `Idempotency-Key` has not finished.',
      ja: '同じクライアントから送信された、同じ`Idempotency-Key`のリクエストがまだ終わっていません。',
    },
    remedy: {
      en: 'Wait a moment and repeat the request unchanged: you will get the first answer.',
      ja: 'しばらく待ってから、同じ内容でもう一度送信してください。最初のリクエストの結果をお返しします。',
    },
  },
  'primary-exists': {
    status: 409,
    title: { en: 'The contract has a primary already', ja: '主担当はすでに登録されています' },
    meaning: {
      en: 'A contract has exactly one primary contact; `primary_contact_id` is who it is now.',
      ja: '主担当は、1契約につき1名です。現在の主担当は`primary_contact_id`に記載しています。',
    },
    remedy: {
      en:
        'Register this person as `secondary`, or hand the role over with `PUT /v1/contracts/{contract_id}/primary`, ' +
        'which can replace the primary in the same step.',
      ja: '副担当(`secondary`)として登録するか、`PUT /v1/contracts/{contract_id}/primary`で主担当を引き継いでください。主担当の交代も一度に行えます。',
    },
  },
  'primary-required': {
    status: 409,
    title: { en: 'The contract needs a primary', ja: '主担当の登録が必要です' },
    meaning: {
      en:
        'A contract with contacts always has exactly one primary: the first contact must be it, and it cannot be ' +
        'removed while others remain.',
      ja: '問い合わせご担当者が登録されている契約には、主担当が必ず1名必要です。最初に主担当を登録してください。副担当が登録されている間は、主担当を削除できません。',
    },
    remedy: {
      en:
        'Register the primary first. To let the present one go, hand the role to another contact with `PUT ' +
        '/v1/contracts/{contract_id}/primary`, with `"former_primary": "removed"` in one step.',
      ja:
        '先に主担当を登録してください。現在の主担当を削除する場合は、`PUT /v1/contracts/{contract_id}/primary`に`"former_primary": "removed"`を付けて、' +
        '別の方への引き継ぎと削除を一度に行ってください。',
    },
  },
  'removals-unconfirmed': {
    status: 409,
    title: { en: 'The removals are not confirmed', ja: '削除する人数の確認が必要です' },
    meaning: {
      en:
        'The request would remove every contact of the contract, or more than half of three or more, or ' +
        '`confirm_removals` is not the number that it would remove. `removals` is that number. No contact was ' +
        'removed.',
      ja:
        'このリクエストを適用すると、問い合わせご担当者が全員削除されるか、登録されている3名以上の方のうち過半数が削除されるか、`confirm_removals`の値が、実際に削除される人数と異なっています。' +
        '削除される人数は`removals`です。どなたも削除されていません。',
    },
    remedy: {
      en:
        'Look at the plan (`POST …/roster/plan`). If it is meant, repeat the request with `"confirm_removals"` set ' +
        'to `removals`.',
      ja: '`POST …/roster/plan`で変更内容をご確認ください。削除してよい場合は、`"confirm_removals"`に`removals`の値を指定して、もう一度送信してください。',
    },
  },
  'seat-limit-reached': {
    status: 409,
    title: { en: 'Every seat of the contract is taken', ja: '登録可能人数に達しています' },
    meaning: {
      en:
        'The contract may register `limit` contacts and has `used`. A contract that is over its limit (`over`) ' +
        'keeps its contacts, and takes no new one until it is within the limit again.',
      ja:
        'この契約の登録可能人数は`limit`名で、`used`名が登録されています。登録可能人数を超えている場合(超過人数は`over`)も、登録済みの方はそのままですが、' +
        '登録可能人数以内になるまで新しい方は登録できません。',
    },
    remedy: {
      en:
        'Remove a contact, replace a contact in one step (which takes no seat), or add an app or a connection to the ' +
        'contract. `GET /v1/contracts/{contract_id}` explains the limit line by line.',
      ja:
        '登録済みの方を削除するか、担当を外れる方と交代する形で登録(登録人数は変わりません)するか、ご契約にアプリまたは接続を追加してください。登録可能人数の内訳は`GET ' +
        '/v1/contracts/{contract_id}`で確認できます。',
    },
  },
  'state-conflict': {
    status: 409,
    title: { en: 'The present state does not allow this', ja: '現在の状態では、この操作はできません' },
    meaning: {
      en:
        'A contract that has had contacts, and a customer that has contracts, cannot be deleted: `registered_at` ' +
        'says since when, `contract_ids` which. Or the change request is in the state `state`, from where it cannot ' +
        'go this way: what is applied, rejected, withdrawn or failed is final, only what needs confirmation can be ' +
        'confirmed, only what needs approval can be approved, and a scheduled request waits for its day. Or an API ' +
        'client made others, which `child_client_ids` names.',
      ja:
        '問い合わせご担当者の登録があった契約(`registered_at`がその日時)と、契約(`contract_ids`)のあるお客様企業は削除できません。変更依頼の場合は、現在`state`の状態のため、' +
        'この操作はできません。適用済み、却下済み、取り下げ済み、適用失敗の変更依頼は変更できません。確認を記録できるのは、主担当の確認待ちのときだけです。承認できるのは、承認待ちのときだけです。' +
        '適用日が決まっている変更依頼は、その日まで適用されません。APIクライアントの場合は、そのクライアントが作成したほかのクライアント(`child_client_ids`)があります。',
    },
    remedy: {
      en:
        'End a contract with a last day (`ends_on`) instead of deleting it. Delete a customer after its contracts. ' +
        'Read the change request. One that waits for approval is approved with `POST ' +
        '/v1/change-requests/{change_request_id}/approve`, by a client that has the scope `contacts:write`. What ' +
        'came to its end can be asked for again with a new request. Say with `children` what becomes of the API ' +
        'clients that one made.',
      ja:
        '契約は、削除せずに契約終了日(`ends_on`)を設定して終了してください。お客様企業は、契約を削除してから削除してください。変更依頼は、現在の状況をご確認ください。承認待ちの変更依頼は、' +
        'スコープ`contacts:write`を持つクライアントが`POST /v1/change-requests/{change_request_id}/approve`で承認してください。終了した変更依頼の内容は、' +
        '新しい変更依頼として登録し直してください。APIクライアントが作成したほかのクライアントの扱いは、`children`で指定してください。',
    },
  },
  'precondition-failed': {
    status: 412,
    title: { en: 'It has changed since you read it', ja: '登録内容がすでに変更されています' },
    meaning: {
      en: "What is there now does not meet the request's `If-Match` or `If-None-Match`. Nothing was changed.",
      ja: '現在の登録内容が、`If-Match`または`If-None-Match`の条件を満たしていません。登録内容は変更されていません。',
    },
    remedy: {
      en: 'Read it again, decide again, and send the `ETag` of what you read.',
      ja: 'もう一度取得して内容をご確認のうえ、取得時の`ETag`の値を付けて送信してください。',
    },
  },
  'precondition-required': {
    status: 428,
    title: { en: 'The request has to say which list it changes', ja: 'どの一覧をもとにした変更かを指定してください' },
    meaning: {
      en:
        'Only a caller who knows the present list may replace it as a whole. Without `If-Match`, the request could ' +
        'undo a change that another caller has made since.',
      ja: '一覧全体の更新には、もとにした一覧の指定が必要です。`If-Match`がないと、その間に行われたほかの変更が、気付かないうちに取り消されるおそれがあります。',
    },
    remedy: {
      en: 'Read the roster, and send its `ETag` as `If-Match`.',
      ja: '一覧を取得し、その`ETag`の値を`If-Match`に指定して送信してください。',
    },
  },
  'payload-too-large': {
    status: 413,
    title: { en: 'The body is too large', ja: '本文が大きすぎます' },
    meaning: {
      en: 'The request body exceeds what this service takes.',
      ja: 'リクエストの本文が、受け付けられる大きさを超えています。',
    },
    remedy: {
      en: 'Send at most `limit_bytes` bytes.',
      ja: '本文を`limit_bytes`バイト以内にして送信してください。',
    },
  },
  'uri-too-long': {
    status: 414,
    title: { en: 'The URL is too long', ja: 'URLが長すぎます' },
    meaning: { en: 'The URL exceeds what this service takes.', ja: 'URLが、受け付けられる長さを超えています。' },
    remedy: {
      en: 'Send at most `limit_bytes` bytes. What is long belongs in a body.',
      ja: 'URLを`limit_bytes`バイト以内にしてください。長い内容は本文に含めて送信してください。',
    },
  },
  'unsupported-media-type': {
    status: 415,
    title: { en: 'The media type of the body is not supported', ja: '本文の形式に対応していません' },
    meaning: {
      en: 'The body is not in a form that this operation reads, or is compressed.',
      ja: '本文が、この操作で読み取れる形式ではないか、圧縮されています。',
    },
    remedy: {
      en:
        'Send JSON in UTF-8 as `application/json` (for PATCH also `application/merge-patch+json`), without ' +
        '`Content-Encoding`.',
      ja:
        '本文は、文字コードUTF-8のJSONを`application/json`(PATCHでは`application/merge-patch+json`も可)として、' +
        '`Content-Encoding`を付けずに送信してください。',
    },
  },
  'invalid-value': {
    status: 422,
    title: { en: 'A value is well formed and cannot be meant', ja: '値の形式は正しいものの、内容に誤りがあります' },
    meaning: {
      en:
        'A value fits the contract, and what it means cannot be: a day that has passed, a moment that is yet to ' +
        'come, an end before its start. Nothing was changed.',
      ja: '値の形式はAPI仕様に合っていますが、内容が正しくありません。過去の日付、未来の日時、開始日より前の終了日などです。登録内容は変更されていません。',
    },
    remedy: {
      en:
        'Read `errors`: each entry points at one place (`in` and `pointer`) and says by its `code` what is wrong ' +
        'there.',
      ja: '`errors`をご確認ください。1件ごとに、誤りの場所(`in`と`pointer`)と内容(`code`)を示しています。',
    },
  },
  'idempotency-key-reused': {
    status: 422,
    title: {
      en: 'The idempotency key came with another request',
      ja: 'Idempotency-Keyは別のリクエストで使用されています',
    },
    meaning: {
      en:
        'This client has used the same `Idempotency-Key` within the last 24 hours for a request that said something ' +
        'else.',
      ja: '同じ`Idempotency-Key`が、24時間以内に、同じクライアントの別の内容のリクエストで使用されています。',
    },
    remedy: {
      en: 'Use a new key for every new request, and the same key only to repeat one unchanged.',
      ja: '新しいリクエストには、毎回新しい値を使用してください。同じ値は、同じ内容のリクエストをもう一度送信するときだけ使用してください。',
    },
  },
  'name-not-personal': {
    status: 422,
    title: { en: "This is not one person's name", ja: 'お名前が「個人名」ではありません' },
    meaning: {
      en:
        'A contact is a natural person (R13), and a name holds one (R14). `code` says what was found instead: ' +
        '`empty`, `contact-data`, `placeholder`, `company`, `department`, `role`, `organisation-and-person`, ' +
        '`title`, `several-people`, `equals-customer` or `broken-text`; `matched` is the part of the name that says ' +
        'so.',
      ja:
        '問い合わせご担当者は、個人の方お一人です(R13、R14)。`code`が検出した内容(`empty`、`contact-data`、`placeholder`、`company`、`department`、' +
        '`role`、`organisation-and-person`、`title`、`several-people`、`equals-customer`、`broken-text`)、' +
        '`matched`がその該当箇所です。',
    },
    remedy: {
      en:
        'Send the name of the person. `suggestion` is whom the name may mean, `suggestions` are all of them: ' +
        'register each as a contact of their own, those who use one mailbox with `"shared_mailbox": true`. Where ' +
        "`can_be_overridden` is true and you know that it is a person's name, send the request again with " +
        '`name_override` and the reason.',
      ja:
        '個人名でご登録ください。`suggestion`は想定されるお名前、`suggestions`はその全員です。複数の方は、' +
        'お一人ずつご登録ください(共有メールアドレスをご利用の場合は`"shared_mailbox": true`を付けます)。`can_be_overridden`がtrueで、個人名であることを確認できている場合は、' +
        '理由を添えて`name_override`を付け、もう一度送信してください。',
    },
  },
  'unknown-reference': {
    status: 422,
    title: {
      en: 'The request names something that is not in the registry',
      ja: '登録されていないものが指定されています',
    },
    meaning: {
      en:
        'A customer, contract, product, app, option or contact that the request names is unknown. A limit is never ' +
        'guessed. `references` lists every one.',
      ja: '指定されたお客様企業、契約、製品、アプリ、オプション、または問い合わせご担当者が登録されていません。登録可能人数を推測で決めることはありません。該当するものは、すべて`references`に記載しています。',
    },
    remedy: {
      en:
        'Check the ids. Something new has to be fed in by its master first: customers by the CRM, products and apps ' +
        'by the catalogue.',
      ja: 'IDをご確認ください。新しいものは、先に元のシステムから登録する必要があります。お客様企業はCRMから、製品とアプリはカタログから登録します。',
    },
  },
  'rate-limited': {
    status: 429,
    title: { en: 'Too many requests', ja: 'リクエストが多すぎます' },
    meaning: {
      en:
        'More requests came than are taken: of one client (`default`), without a valid key from one address ' +
        '(`anonymous`), with keys that are not valid (`failures`), or about domains of refused senders ' +
        '(`confirmations`). `violated-policies` says which, as ' +
        "`RateLimit-Policy` names it. This is the `quota-exceeded` of the IETF's draft on RateLimit header fields. " +
        'Nothing was changed.',
      ja:
        '一定時間内に受け付けられる数を超えています。1つのクライアントから(`default`)、' +
        '1つのアドレスから有効なキーなしで(`anonymous`)、無効なキーで(`failures`)、' +
        'または未登録の送信者のドメインについて(`confirmations`)のいずれかです。' +
        'どれに当たるかは、`RateLimit-Policy`での名前で`violated-policies`に記載しています。これは、IETFのRateLimitヘッダー案の`quota-exceeded`に当たります。' +
        '変更は行われていません。',
    },
    remedy: {
      en:
        'Send the request again after the seconds that `Retry-After` and `retry_after` say. `RateLimit` on every ' +
        'answer says how many more are taken until then. Ask about many senders at once (`POST ' +
        '/v1/sender-check-batches`); after keys that were not valid, correct the key first.',
      ja:
        '`Retry-After`と`retry_after`の秒数が経ってから、もう一度送信してください。あと何回受け付けられるかは、毎回の応答の`RateLimit`で確認できます。' +
        '送信者をまとめて確認する場合は`POST /v1/sender-check-batches`をご利用ください。無効なキーが原因の場合は、先にキーをご確認ください。',
    },
  },
  'header-fields-too-large': {
    status: 431,
    title: { en: "The request's header is too large", ja: 'リクエストのヘッダーが大きすぎます' },
    meaning: {
      en: 'Request line and header fields together exceed what this service takes: 16 KB, and 100 fields.',
      ja: 'リクエスト行とヘッダーの合計が、受け付けられる大きさ(16 KB、100個)を超えています。',
    },
    remedy: {
      en: 'Send fewer or shorter header fields, or a shorter URL.',
      ja: 'ヘッダーの数や長さを減らすか、URLを短くして送信してください。',
    },
  },
  'internal-error': {
    status: 500,
    title: { en: 'The service failed', ja: 'サービス側で問題が発生しました' },
    meaning: {
      en: 'The service has failed, not the caller. It has undone every change of the request.',
      ja: 'リクエストの内容とは関係のない問題が、サービス側で発生しました。このリクエストによる変更は、すべて取り消されています。',
    },
    remedy: {
      en:
        'Repeat the request with the same `Idempotency-Key`. If it fails again, report the `instance`: it is the id ' +
        'of the request.',
      ja: '同じ`Idempotency-Key`で、もう一度送信してください。再度発生する場合は、`instance`の値(リクエストのID)をお知らせください。',
    },
  },
  unavailable: {
    status: 503,
    title: { en: 'The service cannot answer now', ja: '現在サービスをご利用いただけません' },
    meaning: {
      en:
        'The database is away, the service is starting or stopping, or more is asked of it than it can answer now. ' +
        'Nothing is half done.',
      ja: 'データベースに接続できないか、サービスが起動または停止の途中であるか、現在応答できる量を超えています。途中まで変更されることはありません。',
    },
    remedy: {
      en:
        'Repeat the request after the seconds that `Retry-After` says; a creating request with the same ' +
        '`Idempotency-Key`.',
      ja: '`Retry-After`の秒数が経ってから、もう一度送信してください。登録のリクエストは、同じ`Idempotency-Key`で送信してください。',
    },
  },
} as const satisfies Record<ProblemType, ProblemExplanation>

export const PROBLEM_TYPE_NAMES = Object.keys(PROBLEM_TYPES) as ProblemType[]
