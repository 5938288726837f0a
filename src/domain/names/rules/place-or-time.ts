import { finalRefusal, type Finding } from '#domain/names/finding.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'

const PREFECTURES =
  '東京都|北海道|(?:京都|大阪)府|(?:青森|岩手|宮城|秋田|山形|福島|茨城|栃木|群馬|埼玉|千葉|神奈川|新潟|富山|石川|福井|山梨|長野|岐阜|静岡' +
  '|愛知|三重|滋賀|兵庫|奈良|和歌山|鳥取|島根|岡山|広島|山口|徳島|香川|愛媛|高知|福岡|佐賀|長崎|熊本|大分|宮崎|鹿児島|沖縄)県'
const TOWN = String.raw`^(?:${PREFECTURES})\s?\S+[市区町村郡]|\S{2}市\S{1,3}区|[市区]\S+\d+丁目`
const PLACE = String.raw`${TOWN}|\d丁目|\d番地|\d号室|\d階$|\d番町|ビル\s?\d|^B?\d{1,2}F$`
const RECORD = String.raw`(?:番号|コード|\p{Script=Han}(?:no\.?|id))\s?[:：]?\s?[A-Z-]*\d`
const WEEK = '^(?:平日|土日)$|^[月火水木金土日][〜~・-][月火水木金土日]$'
const YEAR = String.raw`^(?:明治|大正|昭和|平成|令和)\s?\d|\d年|元年`
const TIME = String.raw`${YEAR}|\d時|曜日$|^(?:午前|午後|平日|土日)(?:のみ|中|\d)|${WEEK}`
const PLACE_OR_TIME = new RegExp(`${PLACE}|${RECORD}|${TIME}`, 'iu')

/** A place or a time: 大阪市北区梅田, 港区赤坂9丁目, 本社3階, 昭和55年生, 平日9時. */
export function placeOrTime({ text }: NameFacts): Finding | undefined {
  const found = PLACE_OR_TIME.exec(text)
  return found === null ? undefined : finalRefusal('contact-data', found[0])
}
