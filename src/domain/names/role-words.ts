/**
 * Roles, ranks and functions that no person's name holds, wherever they stand (R13).
 * Source: the titles of the Companies Act, of public service and of the organisation charts that companies publish.
 */
export const ROLE_WORDS: readonly string[] = `
  担当 責任者 管理者 管理人 管理職 利用者 使用者 従業員 関係者 代表者 代理人 申込者 申請者 契約者 連絡先 連絡係 問い合わせ 問合せ お問合せ 御担当 ご担当 取締役 監査役 執行役 代表取締役 代表社員 業務執行 社外取締役 執行役員 理事長 理事会 評議員 審議官 事務官 事務員 事務長 事務職 総務係 会計係 庶務係 相談役 運用者 運営者 開発者 設計者 技術者 技術職 研究者 研究員 調査員 検査員 作業員 作業者 従事者 指導員 相談員 支援員 調理員 警備員 操作員 運転手 運転士 整備士 看護師 介護士 保育士 薬剤師 弁護士 税理士 会計士 行政書士 社労士 司法書士 弁理士 中小企業診断士 栄養士 保健師 臨床心理士 作業療法士 理学療法士 オペレーター オペレータ マネージャー マネジャー マネージャ リーダー サブリーダー ディレクター プロデューサー プランナー エンジニア プログラマー プログラマ デザイナー コンサルタント アドバイザー アナリスト アドミニストレーター アドミニストレータ アドミン スタッフ アシスタント スーパーバイザー コーディネーター インストラクター トレーナー インターン アルバイト パートタイマー 派遣社員 契約社員 正社員 新入社員 新人社員 社員一同 職員一同 お客様係 お客様相談 システム管理 パートナー担当 ユーザー管理 アカウント管理
`
  .trim()
  .split(/\s+/)

/** Roles and ranks that count alone or at the end of a name only, because inside a name they may be two parts of it: 阿部|長治. */
export const ROLE_ENDINGS: readonly string[] = `
  ベンダー ユーザー ユーザ
  部長 課長 係長 室長 局長 次長 所長 院長 店長 館長 組長 班長 署長 社長 会長 校長 園長 学長 塾長 寮長 団長 議長 座長 工場長 支店長 支社長 支部長 支所長 本部長 事業部長 事務長 事務局長 センター長 グループ長 チーム長 副社長 副会長 副部長 副本部長 副店長 副所長 副院長 副校長 教頭 副理事長 理事 監事 幹事 主幹 主任 主査 主事 主席 主務 副主任 副主幹 参事 参与 顧問 専務 常務 専務理事 常務理事 役員 役職 職員 社員 部員 課員 係員 店員 所員 局員 団員 組員 館員 委員 委員長 代表 副代表 代理 部長代理 課長代理 課長補佐 係長代理 補佐 秘書 書記 事務 受付 窓口 監査 監督 助手 教授 准教授 助教 講師 教員 教諭 先生 医師 看護部長 師長 技師 技監 技士長 工場主 店主 社主 施主 座主 当主 院主 オーナー パートナー チーフ マネジャー ボス トップ 経営者 事業主 個人事業主 創業者 後任 後任者 前任 前任者 後継者 引継者 引継ぎ者 責任 当番 当直 日直 宿直 夜勤 新人 派遣 パート 受講者 受信者 送信者 受取人 発注者 受注者 購入者 請求先 請求書 納品先 担当部署 部署 事業責任 現場 現場監督 現場代理人 市長 町長 村長 区長 知事 大臣 長官 次官 総裁 頭取 支配人 総支配人 番頭 女将 料理長 機長 船長 駅長 局次長 総長 社員様 部門長 組合長 世帯主 後見人 外注先 委託先 業者 担任 電話番 事務方 職員室 会長室 アドレス
`
  .trim()
  .split(/\s+/)

/** Titles that a name is addressed with. They are left out and said so (`様`), or the caller is asked (`部長`). */
export const COURTESY_TITLES: readonly string[] = [
  '様',
  'さま',
  'サマ',
  'さん',
  'サン',
  'くん',
  'ちゃん',
  '先生',
  'せんせい',
]

/** Titles that may be the end of a name: they are left out only where a surname stands before them and the whole is none (鵜殿). */
export const AMBIGUOUS_TITLES: readonly string[] = ['殿', '氏', 'どの', '君']

/** Titles in Latin script, before a name. */
export const LATIN_TITLES: ReadonlySet<string> = new Set([
  'mr',
  'mrs',
  'ms',
  'miss',
  'mx',
  'dr',
  'prof',
  'sir',
  'madam',
  'herr',
  'frau',
  'mme',
  'mlle',
  'monsieur',
  'madame',
  'señor',
  'señora',
  'sr',
  'sra',
])
