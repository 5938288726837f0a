/**
 * Variant forms of kanji in names, each before the form that it is compared by: 髙橋 and 高橋 may be one person (R15).
 * What is stored keeps the form that was given. Source: the pairs that the family register and JIS X 0213 know as
 * variants of one another, as far as they occur in names.
 */
export const VARIANT_KANJI: ReadonlyMap<string, string> = new Map(
  `
  髙高 﨑崎 嵜崎 𠮷吉 邉辺 邊辺 濵浜 濱浜 德徳 惠恵 廣広 澤沢 櫻桜 齋斎 齊斉 眞真 國国 圓円 壽寿 榮栄 龍竜 瀧滝 禮礼 縣県 藏蔵 學学 來来 萬万 豐豊 實実 嶋島 嶌島 冨富 峯峰 桒桑 舘館 舩船 條条 淸清 靜静
  爲為 與与 佛仏 彌弥 槇槙 遙遥 堯尭 曻昇 穗穂 黑黒 郞郎 緖緒 勳勲 薰薫 增増 寬寛 尙尚 巖巌 峽峡 戶戸 拔抜 敎教 旣既 曾曽 橫横 步歩 每毎 滿満 兒児 兩両 劍剣 區区 參参 單単 嚴厳 團団 壯壮 奧奥 將将 專専
  對対 應応 懷懐 戰戦 擴拡 晉晋 曉暁 樂楽 樣様 檢検 歸帰 氣気 淺浅 濟済 灣湾 燈灯 獨独 瑤瑶 璢瑠 甁瓶 畫画 當当 發発 盡尽 祿禄 稻稲 粹粋 緣縁 縱縦 總総 繪絵 繼継 續続 聲声 舊旧 莊荘 藝芸 蘆芦 處処 號号
  蟲虫 裝装 覺覚 觀観 譽誉 讓譲 豫予 賴頼 輕軽 轉転 辨弁 遲遅 醫医 鄕郷 釋釈 鐵鉄 關関 隱隠 雜雑 靈霊 體体 鬪闘 鷗鴎 麥麦 黃黄 點点 齒歯 凜凛 檜桧 籠篭 諫諌 埜野 竝並 渕淵 渊淵 栁柳 桺柳 籔薮 藪薮 煕熙
  羣群 恆恒 閒間 頴穎 頚頸 壷壺
`
    .trim()
    .split(/\s+/)
    .map(pair => Array.from(pair) as [string, string]),
)
