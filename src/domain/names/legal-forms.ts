/**
 * What a name holds only where it is a company's or a public body's, anywhere in it and whoever insists (R13).
 * Sources: the legal forms of the Companies Act and of the laws on other corporations; those of other countries as ISO 20275 lists them.
 */
export const LEGAL_FORMS: readonly string[] = `
  株式会社 有限会社 合同会社 合資会社 合名会社 相互会社 特例有限会社 株式會社 有限會社 (株) (有) (合) (同) (名) (資) (相) (財) (社) (一社) (一財) (公財) (公社) (学) (宗) (医) (福) (独) (特非) (農) (協)
  カ) (カ ユ) (ユ ド) (ド カブシキガイシャ カブシキカイシャ ユウゲンガイシャ ゴウドウガイシャ かぶしきがいしゃ かぶしきかいしゃ ゆうげんがいしゃ ごうどうがいしゃ
  社団法人 財団法人 学校法人 医療法人 宗教法人 福祉法人 更生保護法人 活動法人 NPO法人 行政法人 大学法人 研究法人 農業法人 農事組合法人 監査法人 税理士法人 弁護士法人 司法書士法人 行政書士法人 社労士法人 士法人 特許業務法人 管理組合法人 認可法人 特殊法人 公益法人 一般法人 中間法人 協同組合 労働組合 共済組合 健康保険組合 信用組合 農業組合 漁業組合 森林組合 土地改良区 事業組合 管理組合 生活協同 農業協同 漁業協同 信用金庫
  一般社団 一般財団 公益社団 公益財団 特定非営利活動 持株会社 持ち株会社 投資事業有限責任 有限責任事業 外国会社 国立研究開発 地方公共団体
  有限公司 股份公司 股份有限 責任有限 有限责任 集团公司 주식회사 유한회사 (주) (유) 사단법인 재단법인
`
  .trim()
  .split(/\s+/)

/** Legal forms in Latin script, as whole words at the end of a name, in lower case and without dots. */
export const LATIN_LEGAL_FORMS: ReadonlySet<string> = new Set(
  `
  inc incorporated corp corporation ltd limited llc llp plc gmbh kgaa sarl sas spa srl bv nv oy oyj aps asa pty pte kk gk yk ltda eirl sdn bhd ood eood doo sro
  jsc ojsc cjsc pjsc ooo zao oao tnhh npo lllp pllc gbr ohg ug
`
    .trim()
    .split(/\s+/),
)

/** Legal forms that are somebody's name as well: they count only in capitals beside words that are not, or with their dots. */
export const AMBIGUOUS_LEGAL_FORMS: ReadonlySet<string> = new Set(
  `
  AG SA AB KG SE AS LP CO AD
`
    .trim()
    .split(/\s+/),
)
