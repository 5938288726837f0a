/**
 * Surnames that are functions, companies or placeholders as well: alone they are taken for the word, beside a given name
 * for the surname (R13). None of them is among the two thousand commonest. Source: the surnames that ENAMDICT (EDRDG) records.
 */
export const ORDINARY_WORD_SURNAMES: readonly string[] = `
  本部 支部 課 室 係 局 社 店 会 庁 所 役所 関係 本社 支社 支店 本店 大学 学園 学院 開発 経理 総務 人事 企画 会計 営業 製造 理事長 理事 室長 館長 顧問 代表 主任 先生 博士 教授 不明 高等部
  基礎課 有志 別紙 大學 同前 船長 後日 氏 花王 阪急 東芝 東武 日立 市長 開發 仮名 仮 京王 見本 研修 近鉄 私 客 例 共通 町長 御中 執行 無名 村長 名 西武 西鉄 信組 大臣 阪神 仙台 新聞 殿 信金
  松屋 社内 証券 出版 部 帝人 東宝 匿名 東急 役職 行政
`
  .trim()
  .split(/\s+/)

/** Surnames that are ordinary words or places as well, and no department's whole name: alone they leave a doubt. The same source. */
export const DOUBTFUL_SURNAMES: readonly string[] = `
  東舘 東館 場所 帽子 文庫 児童 主税 中東 第一 第十 台所 出会 出張 出店 出納 土木 烏帽子 鳥帽子 福利 伏部内 外為 呉服 花補佐 原市場 東部 東北 日直 日本 平和 北部 北陸 保安 一部 市政 神社 寺社 上部 住所 海外 海上
  兼任 関西 関東 主計 慶應 毛織 決算 近畿 記録 北東部 共済 京都 国保 國保 国学院 國學院 鉱山 横浜 九州 前台 名所 道路 酒造 南海 南農業 三舘 三越 水道 本舘 本館 室内 中部 中國 中国 子子子 新舘 新館 新潟 日本海 西部
  西舘 西館 西岡山 日通 農業 大気 沖縄 大氣 大社 大阪 立命館 両替 早稲田 埼玉 酒家 札幌 四国 四國 下部 仕入 静岡 靜岡 小児 食堂 収納 総合 外部 陶器 住宅 立会 高島屋 都市 時計 東京 内部 宇宙 酒蔵 和室 綿帽子 山荘
  日本錦 横濱 用品 在所 座主 造船 図所 図書 國学院
`
  .trim()
  .split(/\s+/)

/** Endings that given names share with organisations: 朋会, 織館. */
export const GIVEN_NAME_ENDINGS = '会館長社織'

/** Given names that are a department or a rank to most people: beside a surname they leave a doubt (山田 経理). */
export const DOUBTFUL_GIVEN_NAMES: ReadonlySet<string> = new Set([
  '経理',
  '会計',
  '理事長',
  '次長',
  '総裁',
  '総長',
  '通信',
  '電子',
  '法人',
  '大学',
  '大臣',
  '公司',
  '有志',
  '新人',
])

/** Given names that are words of organisations as well: beside a surname they are no reason to refuse a name. */
export const ORGANISATION_LIKE_GIVEN_NAMES: ReadonlySet<string> = new Set([
  ...DOUBTFUL_GIVEN_NAMES,
  ...`
  観光 文化 牧場 重機 理化 工機 興信 主計 主税 主水 主殿 内匠 監物 将監 博士 光学 精機 精工 一社 直社 長 会 館 社 織部 行部 兵部 式部 刑部 治部 民部 采女 左近 右近 主馬 玄蕃 掃部
  隼人 織館 典会 造酒 図書 出納 主幹 一会 平和 宇宙 中央 音楽
`
    .trim()
    .split(/\s+/),
])
