import type { Words } from '#http/problems/language.ts'

const TYPES: Readonly<Record<string, Words>> = {
  array: { en: 'an array', ja: '配列' },
  boolean: { en: 'true or false', ja: '真偽値(「true」か「false」)' },
  integer: { en: 'an integer', ja: '整数' },
  null: { en: 'null', ja: '「null」' },
  number: { en: 'a number', ja: '数値' },
  object: { en: 'an object', ja: 'オブジェクト' },
  string: { en: 'a string', ja: '文字列' },
}

/** Which JSON types a value may have. */
export function typeWords(types: readonly string[]): Words {
  const words = types.map((type): Words => TYPES[type] ?? { en: type, ja: `「${type}」` })
  return {
    en: `Must be ${words.map(({ en }) => en).join(' or ')}.`,
    ja: `${words.map(({ ja }) => ja).join('または')}で指定してください。`,
  }
}
