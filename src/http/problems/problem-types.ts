import type { Words } from '#http/problems/language.ts'
import type { ProblemType } from '#http/problems/facts-by-type.ts'

type ProblemExplanation = { status: number; title: Words; meaning: Words; remedy: Words }

/** The problems that the service answers with: the status, and the texts of `/problems/{type}` in every language. */
export const PROBLEM_TYPES = {
  'invalid-request': {
    status: 400,
    title: { en: 'The request does not fit the API specification', ja: 'リクエストがAPI仕様に合っていません' },
    meaning: {
      en:
        'A part of the request is wrong: its syntax, a type, a length, a field or parameter that the API ' +
        'specification does not have, or a cursor of another list. Nothing was changed.',
      ja: 'リクエストの一部に誤りがあります。形式、型、文字数、API仕様にない項目やパラメーター、別の一覧のカーソルなどです。登録内容は変更されていません。',
    },
    remedy: {
      en:
        'Correct each place that `errors` lists: `in` and `pointer` say where it is, `code` says what is wrong ' +
        'there. All errors in one part of the request (path, query, header or body) are listed at once, up to 50.',
      ja:
        '`errors`をご確認のうえ、修正してください。1件ごとに、誤りの場所(`in`と`pointer`)と内容(`code`)を示しています。パス、クエリー、ヘッダー、本文のいずれか1つについて、' +
        '誤りを50件まで一度にお知らせします。',
    },
  },
  unauthenticated: {
    status: 401,
    title: { en: 'No valid credential', ja: '有効な認証情報がありません' },
    meaning: {
      en:
        'The request has no credential that is valid now and from this IP address. Either it has none, or the ' +
        'service does not know the credential, or the credential has expired, was revoked, or is not allowed from ' +
        'this IP address. For security, the answer does not say which.',
      ja:
        'この接続元から現在利用できる認証情報が、リクエストに含まれていません。認証情報がない、このサービスに登録がない、期限切れまたは失効済みである、クライアントに許可された接続元の範囲外である、のいずれかです。' +
        'セキュリティ上、どれに当たるかはお知らせしておりません。',
    },
    remedy: {
      en:
        'Send an API key or an access token as `Authorization: Bearer <key>`. The service does not accept ' +
        'credentials in the URL.',
      ja: 'APIキーまたはアクセストークンを`Authorization: Bearer <key>`の形式で送信してください。URLに含めた認証情報は受け付けません。',
    },
  },
  forbidden: {
    status: 403,
    title: { en: 'The client is not allowed to do this', ja: 'この操作の権限がありません' },
    meaning: {
      en:
        'The credential is valid, but its client is not allowed to do this. A client can grant only scopes that ' +
        'it has, IP addresses that it may call from, and an expiry no later than its own. It cannot change a ' +
        'client that has more scopes than itself, and it cannot change itself.',
      ja:
        '認証情報は有効ですが、このクライアントには、この操作の権限がありません。ほかのクライアントに設定できるのは、自身が持つスコープ、自身に許可されたIPアドレスの範囲、自身の有効期限までです。' +
        '自身より多くのスコープを持つクライアントと、自身の設定は変更できません。',
    },
    remedy: {
      en:
        'If a scope is missing, `required_scope` names it: ask the administrator of the API clients for it. ' +
        'Otherwise omit `ip_ranges` and `expires_at`: a new client then gets the widest values that the caller ' +
        'can grant.',
      ja:
        'スコープが不足している場合は、`required_scope`をご確認のうえ、APIクライアントの管理者にスコープの追加をご依頼ください。それ以外の場合は、' +
        '`ip_ranges`と`expires_at`を省略してください。新しいクライアントには、設定できる範囲の値が自動的に設定されます。',
    },
  },
  'cursor-expired': {
    status: 410,
    title: { en: 'The cursor has expired', ja: 'カーソルの有効期間が過ぎています' },
    meaning: {
      en: 'The feed of events goes back for a time only, and the events after this cursor are older.',
      ja: 'イベントを取得できるのは一定の期間に限られ、このカーソル以降のイベントはその期間を過ぎています。',
    },
    remedy: {
      en:
        'Read all pages of the lists again, in place of your copy, and then the events after the `Events-Cursor` of ' +
        'the first page of the first list.',
      ja: '一覧のすべてのページを取得し直して、保存しているデータと置き換えてください。続けて、最初に取得した一覧の最初のページの`Events-Cursor`以降のイベントを取得してください。',
    },
  },
  'not-found': {
    status: 404,
    title: { en: 'Not found', ja: '見つかりません' },
    meaning: {
      en: 'The path does not exist, or there is nothing under it that the caller may see.',
      ja: '指定されたパスに該当するものがないか、参照する権限がありません。',
    },
    remedy: {
      en:
        'Check the path and the id. Ids are case-sensitive. A removed contact can still be read, but it can no ' +
        'longer be changed.',
      ja: 'パスとIDをご確認ください。IDは大文字と小文字を区別します。削除された問い合わせご担当者は、参照はできますが、変更はできません。',
    },
  },
  'method-not-allowed': {
    status: 405,
    title: { en: 'This path does not support the method', ja: 'このパスでは使用できないメソッドです' },
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
    title: { en: 'No acceptable media type', ja: '対応できる応答形式がありません' },
    meaning: {
      en: 'The `Accept` header excludes every media type that this path can answer with.',
      ja: '`Accept`ヘッダーに、このパスが応答できる形式が含まれていません。',
    },
    remedy: {
      en: 'Accept a media type that `detail` names, most often `application/json`, or omit the header.',
      ja: '受け取れる形式として、`detail`に示す形式(多くは`application/json`)を指定するか、ヘッダーを省略してください。',
    },
  },
  'request-timeout': {
    status: 408,
    title: { en: 'The request took too long to arrive', ja: 'リクエストの受信に時間がかかりすぎました' },
    meaning: {
      en: 'The complete request did not arrive in time. Nothing was changed.',
      ja: 'リクエスト全体が時間内に届きませんでした。登録内容は変更されていません。',
    },
    remedy: {
      en: 'Send the request again over a faster connection.',
      ja: '通信状態をご確認のうえ、もう一度送信してください。',
    },
  },
  'account-closed': {
    status: 409,
    title: { en: 'The support account is closed', ja: 'サポートサイトのアカウントは無効になっています' },
    meaning: {
      en: 'This account has no contacts any more, so the service does not accept reports for it.',
      ja: 'このアカウントには、ご登録中の問い合わせご担当者がいないため、パスワードやメールの状況を記録できません。',
    },
    remedy: {
      en:
        'Look up the open account of the email address. If the person is registered again, report the password ' +
        'after the registration.',
      ja: 'メールアドレスから、現在有効なアカウントをご確認ください。再度ご登録いただく場合は、ご登録の後に、パスワード設定の状況を記録してください。',
    },
  },
  'address-stays-behind': {
    status: 409,
    title: {
      en: 'An email address would be on both sides of the transfer',
      ja: '同じメールアドレスが移管の前後のお客様企業に残ります',
    },
    meaning: {
      en:
        'An email address serves one customer only. Contacts of the contracts in the transfer have addresses that ' +
        'contacts of other contracts of their customer have too, the same person or others who share the mailbox. ' +
        '`contacts` names all of them, at most 200, on both sides; `count` is their number. Contracts that have ' +
        'ended do not count. Nothing was moved.',
      ja:
        '1つのメールアドレスを複数のお客様企業で使うことはできません。移管する契約の問い合わせご担当者と同じメールアドレスの方(同一の方、または共有メールアドレスをご利用の別の方)が、' +
        '移管しない契約にも登録されています。該当する方は、双方の契約について`contacts`に200名まで記載しています(人数は`count`です)。終了した契約は対象外です。契約は移管されていません。',
    },
    remedy: {
      en:
        'Transfer the contracts of all these contacts together, or first give the contacts of one side another ' +
        'address, or remove them.',
      ja: '該当するすべての契約を一度に移管するか、先に、どちらか一方の問い合わせご担当者のメールアドレスを変更または登録を削除してください。',
    },
  },
  'already-registered': {
    status: 409,
    title: {
      en: 'The first contacts of the contract are already registered',
      ja: '問い合わせご担当者の新規登録は完了しています',
    },
    meaning: {
      en:
        'An application form (サービス利用申込書) registers the first contacts of a contract, once. This contract has had ' +
        'contacts since `registered_at`.',
      ja: 'サービス利用申込書による新規登録は、1契約につき1回です。この契約では、`registered_at`の日時に最初の問い合わせご担当者が登録されています。',
    },
    remedy: {
      en: 'Make later additions, changes and removals with a change request, or with the roster.',
      ja: '新規登録後の追加、変更、削除は、変更依頼、または問い合わせご担当者の一覧(roster)の更新で行ってください。',
    },
  },
  'confirmation-required': {
    status: 409,
    title: { en: 'The primary must confirm', ja: '主担当の方の確認が必要です' },
    meaning: {
      en:
        'The requester is not a contact of the contract, or the change concerns the contract or its primary (主担当), ' +
        'and the primary did not ask for it. Then the primary must confirm it, and nothing is applied before. ' +
        '`needs_confirmation` says why, `primary_contact_id` is the present primary. Only a change request can wait ' +
        'for a confirmation.',
      ja:
        'この契約の問い合わせご担当者以外の方からのご依頼、または主担当以外の方からの、ご契約や主担当に関わるご依頼のため、主担当の方の確認が必要です。確認が済むまで、変更は適用されません。' +
        '理由は`needs_confirmation`に、現在の主担当は`primary_contact_id`に記載しています。確認を待つことができるのは変更依頼だけです。',
    },
    remedy: {
      en:
        'If there is no change request for the change yet, record it: `next` has the body. Ask the primary, and ' +
        'record the confirmation with `POST /v1/change-requests/{change_request_id}/confirm`.',
      ja:
        '変更依頼がまだない場合は、`next`の本文を使って登録してください。主担当の方にご確認のうえ、' +
        '結果を`POST /v1/change-requests/{change_request_id}/confirm`で記録してください。',
    },
  },
  'contract-not-in-force': {
    status: 409,
    title: { en: 'The contract has ended', ja: '契約が終了しています' },
    meaning: {
      en:
        'On a contract that has ended, no contact can be registered and no email address can be changed. On a ' +
        'contract that has not started yet, contacts can be registered.',
      ja: '終了した契約では、問い合わせご担当者の登録も、メールアドレスの変更もできません。開始前の契約には登録できます。',
    },
    remedy: {
      en:
        'Register the person on a contract that has not ended. If this contract continues, billing must first set ' +
        'a later `ends_on`.',
      ja: '終了していない契約に登録してください。契約を継続する場合は、先に請求システムで契約終了日(`ends_on`)を更新してください。',
    },
  },
  'customer-fixed': {
    status: 409,
    title: { en: 'The customer of the contract cannot be changed', ja: '契約のお客様企業は変更できません' },
    meaning: {
      en:
        'The contract is registered for another customer, and has had contacts. With another customer it would show ' +
        'the contacts and inquiries of one customer to the other. Only a contract that never had a contact can get ' +
        'another customer.',
      ja:
        'この契約は、別のお客様企業の契約として登録されており、問い合わせご担当者の登録があります。変更すると、問い合わせご担当者とお問い合わせの履歴が、別のお客様企業に表示されるおそれがあります。' +
        'お客様企業を訂正できるのは、問い合わせご担当者が一度も登録されていない契約だけです。',
    },
    remedy: {
      en:
        'A contract with contacts moves to another customer only as a whole, by a transfer: send ' +
        '`POST /v1/transfers` with the contract and the new customer.',
      ja: '問い合わせご担当者の登録がある契約を別のお客様企業に移す場合は、`POST /v1/transfers`で、契約と移管先のお客様企業を指定して移管してください。',
    },
  },
  'duplicate-contact': {
    status: 409,
    title: { en: 'This person is already registered', ja: 'この方はすでに登録されています' },
    meaning: {
      en: 'The contract already has a contact with the same name and the same email address.',
      ja: 'お名前とメールアドレスが同じ問い合わせご担当者が、この契約にすでに登録されています。',
    },
    remedy: {
      en: 'Use the contact with the id `contact_id`, or change it.',
      ja: '`contact_id`の問い合わせご担当者をそのままお使いいただくか、登録内容を変更してください。',
    },
  },
  'email-in-use': {
    status: 409,
    title: {
      en: 'This email address is registered under another name',
      ja: 'このメールアドレスは、別のお名前で登録されています',
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
    title: {
      en: 'This email address cannot be registered for this customer',
      ja: 'このメールアドレスは登録できません',
    },
    meaning: {
      en: 'An email address can be registered for one customer only, and this one is not available to this customer.',
      ja: '1つのメールアドレスを複数のお客様企業で登録することはできません。このメールアドレスは、このお客様企業ではご利用いただけません。',
    },
    remedy: {
      en: "Register the person with another email address, for example in the customer's own domain.",
      ja: 'お客様企業のドメインのメールアドレスなど、別のメールアドレスで登録してください。',
    },
  },
  'form-limit-reached': {
    status: 409,
    title: {
      en: 'The form has more contacts than its version allows',
      ja: 'サービス利用申込書で登録できる人数を超えています',
    },
    meaning: {
      en:
        'An application form of version 2022-09 or earlier registers contacts up to the full limit, a later ' +
        'version up to the base seats (基本). `limit` is the number of contacts that this form can register, ' +
        '`given` the number that it lists. No contact was registered.',
      ja:
        '2022年9月以前のサービス利用申込書では登録可能人数まで、2022年10月以降では基本の人数までご登録いただけます。登録できる人数は`limit`、記載された人数は`given`です。今回の申込書の方は、' +
        'まだどなたも登録していません。',
    },
    remedy: {
      en: 'Register at most `limit` contacts with the form. Register the others afterwards, up to the full limit.',
      ja: 'サービス利用申込書では`limit`名以内で登録し、残りの方は、登録後に登録可能人数まで追加してください。',
    },
  },
  'idempotency-key-in-use': {
    status: 409,
    title: {
      en: 'A request with this idempotency key is in progress',
      ja: '同じIdempotency-Keyのリクエストを処理中です',
    },
    meaning: {
      en: 'Another request of this client with the same `Idempotency-Key` is not finished yet.',
      ja: '同じクライアントから送信された、同じ`Idempotency-Key`のリクエストがまだ終わっていません。',
    },
    remedy: {
      en: 'Wait a moment, then repeat the request unchanged: you get the answer of the first request.',
      ja: 'しばらく待ってから、同じ内容でもう一度送信してください。最初のリクエストの結果をお返しします。',
    },
  },
  'person-elsewhere': {
    status: 409,
    title: {
      en: 'The person is also registered on other contracts',
      ja: 'この方は、ほかの契約にも登録されています',
    },
    meaning: {
      en:
        'The person with this name and email address is registered on several contracts of the customer. A new name ' +
        'or a new address on one contract alone would make two people of one. `contacts` are the contacts of the ' +
        'person. Nothing was changed.',
      ja:
        '氏名とメールアドレスが同じ方が、同じお客様企業の複数の契約に登録されています。1つの契約だけで氏名やメールアドレスを変更すると、' +
        '同一の方が2名の別の方として登録されてしまいます。この方の登録は`contacts`に記載しています。登録内容は変更されていません。',
    },
    remedy: {
      en:
        'Change the person on all contracts at once with `POST /v1/person-changes`: `next` has the body. Add ' +
        '`requested_by` to it. If another person is meant, register them as a new contact.',
      ja:
        '`POST /v1/person-changes`で、すべての契約の登録を一度に変更してください。送信する内容は`next`に記載しています(`requested_by`を追加してください)。' +
        '別の方に変更する場合は、新しい問い合わせご担当者として登録してください。',
    },
  },
  'primary-exists': {
    status: 409,
    title: { en: 'The contract already has a primary', ja: '主担当はすでに登録されています' },
    meaning: {
      en: 'A contract has exactly one primary (主担当). `primary_contact_id` is the present one.',
      ja: '主担当は、1契約につき1名です。現在の主担当は`primary_contact_id`に記載しています。',
    },
    remedy: {
      en:
        'Register this person as `secondary`, or make another contact the primary with `PUT ' +
        '/v1/contracts/{contract_id}/primary`. The same step can register the new primary and remove the present ' +
        'one.',
      ja:
        '副担当(`secondary`)として登録するか、`PUT /v1/contracts/{contract_id}/primary`で主担当を別の方に変更してください。新しい方の登録と、' +
        '現在の主担当の削除も一度に行えます。',
    },
  },
  'primary-required': {
    status: 409,
    title: { en: 'The contract must have a primary', ja: '主担当の登録が必要です' },
    meaning: {
      en:
        'A contract with contacts always has exactly one primary (主担当). The first contact must be the primary. ' +
        'The primary cannot be removed while the contract has other contacts.',
      ja: '問い合わせご担当者が登録されている契約には、主担当が必ず1名必要です。最初に主担当を登録してください。副担当が登録されている間は、主担当を削除できません。',
    },
    remedy: {
      en:
        'Register the primary first. To remove the present primary, make another contact the primary in the same ' +
        'step: `PUT /v1/contracts/{contract_id}/primary` with `"former_primary": "removed"`.',
      ja:
        '先に主担当を登録してください。現在の主担当を削除する場合は、' +
        '`PUT /v1/contracts/{contract_id}/primary`に`"former_primary": "removed"`を付けて、別の方への変更と削除を一度に行ってください。',
    },
  },
  'removals-unconfirmed': {
    status: 409,
    title: { en: 'The number of removals must be confirmed', ja: '削除する人数の確認が必要です' },
    meaning: {
      en:
        'The request was not applied, for one of two reasons: (1) it would remove all contacts of the contract, ' +
        'or more than half of three or more contacts; (2) `confirm_removals` is not the number of contacts that ' +
        'it would remove. `removals` is that number. No contact was removed.',
      ja:
        '次のどちらかに当たるため、適用していません。(1)問い合わせご担当者の全員、または3名以上のうち過半数の方が削除される。(2)`confirm_removals`の値が、削除される人数と異なる。' +
        '削除される人数は`removals`です。まだどなたも削除していません。',
    },
    remedy: {
      en:
        'Check the plan (`POST …/roster/plan`). If you really want to remove these contacts, repeat the request ' +
        'with `"confirm_removals"` set to `removals`.',
      ja: '`POST …/roster/plan`で変更内容をご確認ください。削除してよい場合は、`"confirm_removals"`に`removals`の値を指定して、もう一度送信してください。',
    },
  },
  'seat-limit-reached': {
    status: 409,
    title: { en: 'All seats of the contract are taken', ja: '登録可能人数に達しています' },
    meaning: {
      en:
        'The contract has `limit` seats and `used` contacts. A contract over its limit (by `over`) keeps its ' +
        'contacts, but a new contact can be registered only when the contract is within its limit again.',
      ja:
        'この契約の登録可能人数は`limit`名で、`used`名が登録されています。登録可能人数を超えている場合(超過人数は`over`)も、登録済みの方のご登録は維持されますが、登録可能人数以内になるまで、' +
        '新しい方は登録できません。',
    },
    remedy: {
      en:
        'Remove a contact, replace a contact in one step (this takes no further seat), or add an app or a ' +
        'connection to the contract. `GET /v1/contracts/{contract_id}` explains the limit line by line.',
      ja:
        '登録済みの方を削除するか、担当を外れる方と入れ替えて登録するか(登録人数は変わりません)、ご契約にアプリまたは接続を追加してください。' +
        '登録可能人数の内訳は`GET /v1/contracts/{contract_id}`で確認できます。',
    },
  },
  'state-conflict': {
    status: 409,
    title: { en: 'The present state does not allow this', ja: '現在の状態では、この操作はできません' },
    meaning: {
      en:
        'A contract that has had contacts (since `registered_at`) and a customer that has contracts ' +
        '(`contract_ids`) cannot be deleted. A change request in the state `state` does not allow this operation: ' +
        'an applied, rejected, withdrawn or failed request is final; a request can be confirmed only while it ' +
        'waits for confirmation, and approved only while it waits for approval; a scheduled request is applied on ' +
        'its day. An API client that has created other clients (`child_client_ids`) affects them. A contract goes on ' +
        'under a successor of the same customer that has no contacts; `because` says what is otherwise.',
      ja:
        '問い合わせご担当者の登録があった契約(`registered_at`がその日時)と、契約(`contract_ids`)のあるお客様企業は削除できません。変更依頼の場合は、現在`state`の状態のため、' +
        'この操作はできません。適用済み、却下済み、取り下げ済み、適用失敗の変更依頼は変更できません。確認を記録できるのは、主担当の確認待ちのときだけです。承認できるのは、承認待ちのときだけです。' +
        '適用日が決まっている変更依頼は、その日に適用されます。APIクライアントの場合は、そのクライアントが作成したほかのクライアント(`child_client_ids`)に影響します。' +
        '更新後の契約に指定できるのは、同じお客様企業の、問い合わせご担当者が登録されていない契約です(理由は`because`に記載しています)。',
    },
    remedy: {
      en:
        'To end a contract, set its `ends_on` instead of deleting it. Delete the contracts of a customer before ' +
        'the customer. Read the change request to see its state: if it waits for approval, a client with the ' +
        'scope `contacts:write` approves it with `POST /v1/change-requests/{change_request_id}/approve`; if it is ' +
        'final, record a new request. For an API client, say with `children` what happens to the clients that it ' +
        'created. For a succession, name two contracts of one customer, the first with contacts and the second ' +
        'without.',
      ja:
        '契約は、削除せずに契約終了日(`ends_on`)を設定して終了してください。お客様企業は、契約を削除してから削除してください。変更依頼は、現在の状況をご確認ください。承認待ちの変更依頼は、' +
        'スコープ`contacts:write`を持つクライアントが`POST /v1/change-requests/{change_request_id}/approve`で承認してください。' +
        '終了した変更依頼の内容は、新しい変更依頼として登録し直してください。APIクライアントが作成したほかのクライアントの扱いは、`children`で指定してください。' +
        '契約の更新では、同じお客様企業の、登録がある契約と登録のない契約を指定してください。',
    },
  },
  'precondition-failed': {
    status: 412,
    title: { en: 'A precondition of the request is not met', ja: '指定された条件を満たしていません' },
    meaning: {
      en:
        'The present data does not meet the `If-Match` or `If-None-Match` of the request: it has changed since ' +
        'you read it, or it already exists. Nothing was changed.',
      ja: '現在の登録内容が、`If-Match`または`If-None-Match`の条件を満たしていません。取得した後に変更されたか、すでに登録されています。このリクエストによる変更は行われていません。',
    },
    remedy: {
      en: 'Read the resource again, check it, and repeat the request with its present `ETag`.',
      ja: 'もう一度取得して内容をご確認のうえ、取得時の`ETag`の値を付けて送信してください。',
    },
  },
  'precondition-required': {
    status: 428,
    title: { en: 'The request must say which list it is based on', ja: 'どの一覧をもとにした変更かを指定してください' },
    meaning: {
      en:
        'A request that replaces the whole list must be based on the present list. Without `If-Match`, it could ' +
        'undo a change that another client has made in the meantime.',
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
      en: 'The request body is larger than this service accepts.',
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
    meaning: {
      en: 'The URL is longer than this service accepts.',
      ja: 'URLが、受け付けられる長さを超えています。',
    },
    remedy: {
      en: 'Send a URL of at most `limit_bytes` bytes. Send long values in a body.',
      ja: 'URLを`limit_bytes`バイト以内にしてください。長い内容は本文に含めて送信してください。',
    },
  },
  'unsupported-media-type': {
    status: 415,
    title: { en: 'The media type of the body is not supported', ja: '本文の形式に対応していません' },
    meaning: {
      en: 'This operation does not read the media type of the body, or the body is compressed.',
      ja: '本文が、この操作で読み取れる形式ではないか、圧縮されています。',
    },
    remedy: {
      en:
        'Send the body in a media type that `detail` names, in UTF-8 and without `Content-Encoding`. Most operations ' +
        'read JSON as `application/json`, for PATCH also as `application/merge-patch+json`.',
      ja:
        '本文は、`detail`に示す形式、文字コードUTF-8で、`Content-Encoding`を付けずに送信してください。多くの操作では' +
        'JSONを`application/json`(PATCHでは`application/merge-patch+json`も可)として送信します。',
    },
  },
  'still-registered': {
    status: 409,
    title: { en: 'The person is still registered', ja: 'この方はまだ登録されています' },
    meaning: {
      en: 'The data of a person is erased only once none of their contacts is registered. Nothing was erased.',
      ja: '個人情報を消去できるのは、その方のご登録がすべて削除された後です。消去は行われていません。',
    },
    remedy: {
      en: 'Remove the person first with `DELETE /v1/contacts/{contact_id}` or `POST /v1/person-changes`, then erase.',
      ja: '先に`DELETE /v1/contacts/{contact_id}`または`POST /v1/person-changes`でご登録を削除してから、消去してください。',
    },
  },
  'requester-ambiguous': {
    status: 422,
    title: { en: 'Several people may be the requester', ja: '依頼者を一人に特定できません' },
    meaning: {
      en:
        'Several contacts of the contract share the email address of the requester, and the request has no name, ' +
        'or a name that more than one of them has. The service does not record a request under the wrong person. ' +
        'Nothing was changed.',
      ja:
        '依頼元のメールアドレスを複数の問い合わせご担当者が共有しており、お名前がないか、お名前に該当する方が複数いるため、依頼者を特定できません。' +
        '別の方の依頼として記録することはありません。登録内容は変更されていません。',
    },
    remedy: {
      en:
        'Ask who the requester is. Send the full name in `requested_by.name`, or the contact in ' +
        '`requested_by.contact_id`. For clients that may read contacts, `candidates` lists the people.',
      ja:
        'どなたからのご依頼かを確認し、`requested_by.name`に氏名を、または`requested_by.contact_id`に問い合わせご担当者のIDを指定してください。' +
        '問い合わせご担当者を参照できるクライアントには、該当する方を`candidates`に記載しています。',
    },
  },
  'requester-required': {
    status: 422,
    title: { en: 'The request does not name the requester', ja: '依頼者が指定されていません' },
    meaning: {
      en:
        'This client must name the person at the customer who requests a change (`names_requester`). This request ' +
        'has no `requested_by`, or its `requested_by` has no contact, name or email address. Nothing was changed.',
      ja:
        'このクライアントは、変更を依頼された方を記録する必要があります(`names_requester`)。' +
        '`requested_by`がないか、問い合わせご担当者のID、お名前、メールアドレスのいずれも指定されていません。登録内容は変更されていません。',
    },
    remedy: {
      en:
        'Send `requested_by` with the channel and one of `contact_id`, `name` and `email`; with DELETE, the query ' +
        'parameters `requester_contact_id` and `channel`.',
      ja:
        '`requested_by`に、依頼の経路(`channel`)と、`contact_id`、`name`、`email`のいずれかを指定してください。' +
        'DELETEの場合は、クエリーに`requester_contact_id`と`channel`を指定してください。',
    },
  },
  'invalid-value': {
    status: 422,
    title: {
      en: 'A value has the right form, but is not possible',
      ja: '値の形式は正しいものの、内容に誤りがあります',
    },
    meaning: {
      en:
        'A value has the form that the API specification describes, but its content is not possible: for example ' +
        'a day in the past, a time in the future, or an end before the start. Nothing was changed.',
      ja: '値の形式はAPI仕様に合っていますが、内容が正しくありません。過去の日付、未来の日時、開始日より前の終了日などです。登録内容は変更されていません。',
    },
    remedy: {
      en:
        'Correct each place that `errors` lists: `in` and `pointer` say where it is, `code` says what is wrong ' +
        'there.',
      ja: '`errors`をご確認のうえ、修正してください。1件ごとに、誤りの場所(`in`と`pointer`)と内容(`code`)を示しています。',
    },
  },
  'idempotency-key-reused': {
    status: 422,
    title: {
      en: 'The idempotency key was used for another request',
      ja: 'Idempotency-Keyは別のリクエストで使用されています',
    },
    meaning: {
      en:
        'Within the last 24 hours, this client has used the same `Idempotency-Key` for a request with other ' +
        'content.',
      ja: '同じ`Idempotency-Key`が、24時間以内に、同じクライアントの別の内容のリクエストで使用されています。',
    },
    remedy: {
      en: 'Use a new key for each new request. Use the same key only to repeat a request unchanged.',
      ja: '新しいリクエストには、毎回新しい値を使用してください。同じ値は、同じ内容のリクエストをもう一度送信するときだけ使用してください。',
    },
  },
  'name-not-personal': {
    status: 422,
    title: { en: 'This is not the name of one person', ja: 'お名前が「個人名」ではありません' },
    meaning: {
      en:
        'A name must be that of one person. Names of companies, departments and roles, placeholders, and names of ' +
        'several people cannot be registered. `code` is the reason: `empty`, `contact-data`, `placeholder`, ' +
        '`company`, `department`, `role`, `organisation-and-person`, `title`, `several-people`, `equals-customer` ' +
        'or `broken-text`. `matched` is the part of the name that is the reason.',
      ja:
        'お名前は、企業名や部署名ではなく、個人名をお一人分だけご登録ください。`code`は検出した内容(`empty`、`contact-data`、`placeholder`、`company`、' +
        '`department`、`role`、`organisation-and-person`、`title`、`several-people`、`equals-customer`、`broken-text`)、' +
        '`matched`はその該当箇所です。',
    },
    remedy: {
      en:
        'Send the name of the person. `suggestion` is the most likely name, `suggestions` lists all candidates. ' +
        'Register each person as a separate contact, with `"shared_mailbox": true` if they share a mailbox. If ' +
        "`can_be_overridden` is true and you know that it is a person's name, repeat the request with " +
        '`name_override` and the reason.',
      ja:
        '個人名でご登録ください。`suggestion`は最も可能性の高いお名前、`suggestions`はすべての候補です。複数の方は、' +
        'お一人ずつご登録ください(共有メールアドレスをご利用の場合は`"shared_mailbox": true`を付けます)。`can_be_overridden`がtrueで、' +
        '個人名であることを確認できている場合は、理由とともに`name_override`を指定して、もう一度送信してください。',
    },
  },
  'unknown-reference': {
    status: 422,
    title: { en: 'The request has an id that is not registered', ja: '登録されていないIDが指定されています' },
    meaning: {
      en:
        'The registry does not know a customer, contract, product, app, option or contact that the request names. ' +
        'It cannot calculate a limit with unknown products or apps. `references` lists every unknown id.',
      ja:
        '指定されたお客様企業、契約、製品、アプリ、オプション、または問い合わせご担当者が登録されていません。登録されていない製品やアプリが含まれている場合、登録可能人数は計算できません。登録されていないIDは、' +
        'すべて`references`に記載しています。',
    },
    remedy: {
      en:
        'Check the ids. The source system must first register a new customer (CRM), contract (billing), product ' +
        'or app (catalogue).',
      ja: 'IDをご確認ください。新しいお客様企業、契約、製品、アプリは、先に管理元のシステムから登録してください。お客様企業はCRMから、契約は請求システムから、製品とアプリはカタログから登録します。',
    },
  },
  'rate-limited': {
    status: 429,
    title: { en: 'Too many requests', ja: 'リクエストが多すぎます' },
    meaning: {
      en:
        'The service received more requests than it accepts in this time: from one client (`default`), without a ' +
        'valid key from one IP address (`anonymous`), with invalid keys from one IP address (`failures`), or ' +
        'about domains of refused senders (`confirmations`). `violated-policies` names the limit as ' +
        '`RateLimit-Policy` does. Nothing was changed.',
      ja:
        '一定時間内に受け付けられる数を超えています。1つのクライアントからのリクエスト(`default`)、1つのIPアドレスからの有効なキーのないリクエスト(`anonymous`)、' +
        '1つのIPアドレスからの無効なキーでのリクエスト(`failures`)、または未登録の送信者のドメインの確認(`confirmations`)のいずれかです。どれに当たるかは、' +
        '`RateLimit-Policy`での名前で`violated-policies`に記載しています。登録内容は変更されていません。',
    },
    remedy: {
      en:
        'Wait for the seconds that `Retry-After` and `retry_after` give, then send the request again. `RateLimit` ' +
        'on every answer says how many requests remain. To check many senders at once, use `POST ' +
        '/v1/sender-check-batches`. After requests with an invalid key, correct the key first.',
      ja:
        '`Retry-After`と`retry_after`の秒数が経過してから、もう一度送信してください。残りの回数は、毎回の応答の`RateLimit`で確認できます。' +
        '送信者をまとめて確認する場合は`POST /v1/sender-check-batches`をご利用ください。無効なキーが原因の場合は、先にキーをご確認ください。',
    },
  },
  'header-fields-too-large': {
    status: 431,
    title: { en: "The request's header is too large", ja: 'リクエストのヘッダーが大きすぎます' },
    meaning: {
      en:
        'The request line and the header fields are larger than this service accepts: 16 KB in total, and 100 ' +
        'fields.',
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
      en: 'The service has failed; the request is not the cause. The service has undone every change of the request.',
      ja: 'リクエストの内容とは関係のない問題が、サービス側で発生しました。このリクエストによる変更は、すべて取り消されています。',
    },
    remedy: {
      en:
        'Repeat the request with the same `Idempotency-Key`. If it fails again, report the `instance` (the id of ' +
        'the request) to the administrator of this service.',
      ja: '同じ`Idempotency-Key`で、もう一度送信してください。再度発生する場合は、`instance`の値(リクエストのID)を、このサービスの管理者にお知らせください。',
    },
  },
  unavailable: {
    status: 503,
    title: { en: 'The service is not available now', ja: '現在サービスをご利用いただけません' },
    meaning: {
      en:
        'The database is not available, the service is starting or stopping, or it receives more requests than it ' +
        'can answer now. No change is applied in part.',
      ja: 'データベースに接続できないか、サービスが起動または停止の途中であるか、現在応答できる量を超えています。変更が途中まで適用されることはありません。',
    },
    remedy: {
      en:
        'Repeat the request after the seconds that `Retry-After` gives. Repeat a request that registers something ' +
        'with the same `Idempotency-Key`.',
      ja: '`Retry-After`の秒数が経過してから、もう一度送信してください。登録のリクエストは、同じ`Idempotency-Key`で送信してください。',
    },
  },
} as const satisfies Record<ProblemType, ProblemExplanation>

export const PROBLEM_TYPE_NAMES = Object.keys(PROBLEM_TYPES) as ProblemType[]
