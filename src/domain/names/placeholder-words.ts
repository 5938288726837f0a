/**
 * What people write where they have no name to give (R13). Whole names, in the form in which they are compared: lower
 * case, without spaces and punctuation. Source: what forms and CRMs are known to be filled in with.
 */
export const PLACEHOLDER_WORDS: ReadonlySet<string> = new Set(
  `
  なし 無し 無 ナシ 特になし 特に無し 該当なし 該当無し 該当者なし 該当者無し 担当なし 担当者なし 名前なし 氏名なし 登録なし 記載なし 記入なし 設定なし 指定なし 名無し 名なし ななし ナナシ 名無しさん 名無しの権兵衛 権兵衛 名無権兵衛
  未定 みてい ミテイ 未設定 未登録 未記入 未入力 未確認 未回答 未選択 未指定 未割当 未決定 未決 未詳 未選任 未選出 未着任 調整中 確認中 検討中 準備中 選定中 選任中 人選中 募集中 決定次第 決まり次第 決まり次第連絡 後日 後日連絡 後日記入 後日登録 後日決定 後ほど 後ほど連絡 追って連絡 追って記入 別途 別途連絡 別紙 別紙参照 別紙の通り 別紙のとおり 下記参照 上記参照 上記と同じ 上記に同じ
  不明 ふめい フメイ 氏名不明 担当者不明 担当不明 不在 空席 空白 空欄 欠員 欠番 退職 退職済 退職済み 退職者 削除 削除済 削除済み 廃止 使用不可 使用禁止 非公開 省略 略 秘密 内緒 匿名 匿名希望 とくめい トクメイ 無名 無記名 本人 本人様 自分 私 わたし ワタシ 俺 僕 誰か だれか 誰でも 誰でもいい 全員 皆様 みなさま みんな 皆さん 各位 関係者 関係者各位 関係各位 どなたか 同上 同じ 同左 同右 同前 々 〃 以下同文 以下余白
  テスト てすと テストデータ テストユーザー テストユーザ テストアカウント テスト用 テスト送信 テスト登録 テスト入力 動作確認 動作検証 検証 検証用 検証用アカウント 試験 試験用 お試し 練習 練習用 サンプル さんぷる サンプルデータ 見本 例 記入例 入力例 ダミー だみー ダミーデータ ダミーユーザー 仮 仮名 仮登録 仮入力 仮置き 仮名前 仮の名前 デモ デモユーザー デモアカウント 開発用 確認用 一時利用 一時的 臨時 予備 予備アカウント 共有 共有アカウント 共用 共用アカウント 共通 共通アカウント 汎用 その他 そのた
  個人名 名前 なまえ ナマエ お名前 氏名 姓名 姓 名 苗字 名字 せい めい セイ メイ フルネーム フリガナ ふりがな 漢字 ローマ字 カナ 山田太郎様など 苗字名前 名字名前 ユーザー ユーザ ユーザー名 ユーザ名 利用者 利用者名 使用者 使用者名 担当者名 担当者氏名 ご担当者名 お客様名 顧客名 会社名 御社名 貴社名 企業名 組織名 部署名 所属 所属名 役職 役職名 御中 様 さん 殿 氏 殿様 お客様 お客さま 客 顧客 ゲスト げすと 会員 一般 アカウント アカウント名 メール メールアドレス 住所 電話番号 番号 必須 任意 入力してください 入力必須 記入してください 選択してください ここに入力 ここに名前 ○○ 〇〇 ◯◯
  あ い う え お あい あいう あいうえ あいうえお かきくけこ さしすせそ たちつてと なにぬねの はひふへほ アイウ アイウエ アイウエオ カキクケコ サシスセソ いろは いろはにほへと イロハ ほげ ホゲ ほげほげ ホゲホゲ ふが ぴよ ぴよぴよ ふー ばー ああ いい うう ええ おお アア んん ンン ワン
  test tests testing tester testuser testaccount testdata testname dummy dummydata dummyuser sample sampledata sampleuser example exampleuser demo demouser foo bar baz qux foobar hoge hogehoge hogefuga fuga piyo moge na n/a none null nil undefined nan unknown unnamed noname nameless anonymous anon nobody noone anybody anyone everybody everyone somebody someone whoever tbd tba tbc tbdtba todo fixme pending placeholder blank empty notset notavailable notapplicable notassigned unassigned notyet notdecided undecided notspecified unspecified notknown
  name fullname firstname lastname familyname givenname surname forename yourname myname username user users user1 customer customers client guest member visitor account nametest testtest qwerty qwertyuiop asdf asdfasdf asdfgh asdfghjkl zxcv zxcvbnm abc abcd abcde abcdef abcdefg abcabc xyz aa bb cc dd ee xx yy zz ww qq temp temporary tmp temptemp default defaultuser deleted removed inactive disabled retired resigned donotuse donotcontact delete same sameasabove seeabove ditto asabove lorem ipsum loremipsum johndoe janedoe johnqpublic misc other others etc various general shared sharedaccount common commonaccount nanashi mitei nashi fumei tesuto tokumei namae shimei vacant tobedetermined tobedecided tobeconfirmed tobeannounced firstlast lastfirst namename firstnamelastname lastnamefirstname
  없음 미정 테스트 이름 성명 무명 익명 홍길동님 관리 无 無名氏 待定 测试 測試 未知 佚名 匿名用户
`
    .trim()
    .split(/\s+/),
)

/** Placeholders that a given name is never: a family name with one of them is a person whose given name is not known. */
export const GIVEN_NAME_PLACEHOLDERS: ReadonlySet<string> = new Set(
  `
  なし 無し ナシ 未定 不明 未設定 未登録 未記入 該当なし テスト ダミー サンプル 同上 名前 sample null nil unknown undefined tbd tba n/a noname anonymous
`
    .trim()
    .split(/\s+/),
)

/** Words that stand for a given name that is not known, and that may be somebody's all the same: who vouches for them is believed. */
export const UNLIKELY_GIVEN_NAMES: ReadonlySet<string> = new Set(['test', 'none', 'dummy'])

/** Beginnings and endings that only placeholders have. */
export const PLACEHOLDER_BEGINNINGS =
  /^(?:テスト(?!ー)|てすと|ダミー|だみー|サンプル|さんぷる|(?:[○〇◯●△▲□■×☆★◇◆※＊*]{2})|名無し|名前なし|名前未定|担当者?(?:未定|不明|なし)|未定|未登録|未設定|匿名希望|動作確認|検証用|確認用|仮登録|該当(?:者)?(?:なし|無し)|後任(?:未定|者未定))|未(?:定|設定|登録|記入|入力|確認|回答|選択|指定|着任)$/u
