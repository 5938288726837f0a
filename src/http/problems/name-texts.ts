import type { NameWarning } from '#domain/name-note.ts'
import type { NameCode } from '#domain/names/name-verdict.ts'
import { fullName } from '#domain/person-name.ts'
import type { Refusal } from '#domain/refusal.ts'
import type { Language, Words } from '#http/problems/language.ts'
import { listed, MOST_LISTED } from '#http/problems/listed.ts'

const WARNING_BYTES = 32 * 1024

type WordsFor = (matched: string) => Words

// Why a name is no person's, and what to do about it. A new code without its words does not compile.
const REFUSED = {
  empty: () => ({ en: 'A name needs at least one letter.', ja: 'お名前には文字を1文字以上ご入力ください。' }),
  'contact-data': matched => ({
    en: `Register the person's name. "${matched}" is an address, a number or an account.`,
    ja: `個人名でご登録ください。『${matched}』は連絡先、番号、またはアカウントと思われます。`,
  }),
  placeholder: matched => ({
    en: `Register the person's name. "${matched}" is in the place of a name.`,
    ja: `個人名でご登録ください。『${matched}』はお名前ではないと思われます。`,
  }),
  company: matched => ({
    en: `Register the person's name. "${matched}" looks like a company or an institution.`,
    ja: `個人名でご登録ください。『${matched}』は企業名・団体名と思われます。`,
  }),
  department: matched => ({
    en: `Register the person's name. "${matched}" looks like a department.`,
    ja: `個人名でご登録ください。『${matched}』は部署名と思われます。`,
  }),
  role: matched => ({
    en: `Register the person's name. "${matched}" looks like a role.`,
    ja: `個人名でご登録ください。『${matched}』は役職名や担当名と思われます。`,
  }),
  'organisation-and-person': matched => ({
    en: `Register the person's name alone, without "${matched}".`,
    ja: `『${matched}』を除き、個人名のみでご登録ください。`,
  }),
  title: matched => ({
    en: `Register the person's name alone, without "${matched}".`,
    ja: `『${matched}』を除き、個人名のみでご登録ください。`,
  }),
  'several-people': matched => ({
    en: `A name holds one person; "${matched}" joins several. Register each of them.`,
    ja: `お一人ずつご登録ください。『${matched}』で複数の方が記載されていると思われます。`,
  }),
  'equals-customer': matched => ({
    en: `Register the person's name. "${matched}" is the customer's own name.`,
    ja: `個人名でご登録ください。『${matched}』はお客様企業の名称です。`,
  }),
  'broken-text': matched => ({
    en: `The name was damaged on its way: "${matched}". Send it as the person writes it.`,
    ja: `お名前が文字化けしています（『${matched}』）。ご本人の表記のとおりにご入力ください。`,
  }),
  doubtful: matched => ({
    en: `Register the person's name. "${matched}" may be no person's name.`,
    ja: `個人名でご登録ください。『${matched}』は個人名ではない可能性があります。`,
  }),
} satisfies Record<NameCode, WordsFor>

type NameRefusal = Extract<Refusal, { type: 'name-not-personal' }>
// Refusals that an earlier release stored have no suggestions.
type KeptRefusal = Omit<NameRefusal, 'suggestions' | 'can_be_overridden'> & Partial<NameRefusal>

/**
 * The problem of a refused name: the reason, the matched part, the people it may mean, and whether it can be
 * overridden.
 */
export function nameDescription({ code, pointer, matched, suggestions = [], can_be_overridden = false }: KeptRefusal) {
  const [suggestion] = suggestions
  return {
    detail: REFUSED[code](matched),
    code,
    pointer,
    matched,
    ...(suggestion !== undefined && { suggestion, suggestions }),
    ...(code === 'several-people' && { people: suggestions.map(fullName) }),
    can_be_overridden,
  }
}

/** The first warnings, as many as an answer lists, in words. */
export function warningAnswers(warnings: readonly NameWarning[], language: Language) {
  return listed(
    warnings.slice(0, MOST_LISTED).map(warning => warningAnswer(warning, language)),
    WARNING_BYTES,
  )
}

function warningAnswer(warning: NameWarning, language: Language) {
  return { ...warning, detail: warningWords(warning)[language] }
}

function warningWords(warning: NameWarning): Words {
  if (warning.code === 'title-removed')
    return {
      en: `"${warning.matched}" is a title and is left out of the name.`,
      ja: `敬称『${warning.matched}』は、お名前に含めません。`,
    }
  if (warning.code === 'address-doubtful')
    return {
      en: `"${warning.matched}" in the e-mail address may be a typing error. Ask whether the address is right.`,
      ja: `メールアドレスの「${warning.matched}」は、入力の誤りかもしれません。正しいアドレスかご確認ください。`,
    }
  if (warning.code === 'possibly-same-person') {
    return {
      en: 'A contact with this address has the same name in another spelling. Ask whether they are one person.',
      ja: '同じメールアドレスに、表記の異なる同名の方が登録されています。同一の方かご確認ください。',
    }
  }
  return doubtWords(warning)
}

/** The words of a doubt about a name, by its reason. */
function doubtWords(warning: Extract<NameWarning, { code: 'name-doubtful' }>): Words {
  if (warning.reason === 'equals-customer') {
    return {
      en: "This is the customer's own name as well. Ask whether it is a person's name.",
      ja: 'お客様企業の名称と同じです。個人名かご確認ください。',
    }
  }
  if (warning.reason === 'broken-text') {
    return {
      en: `The name may have been damaged on its way: "${warning.matched}". Ask how the person writes it.`,
      ja: `『${warning.matched}』の部分が文字化けしている可能性があります。お名前の表記をご確認ください。`,
    }
  }
  if (warning.reason === 'several-people') {
    return {
      en: `"${warning.matched}" may join several people. Ask whether this is one person's name.`,
      ja: `『${warning.matched}』で複数の方が記載されている可能性があります。お一人のお名前かご確認ください。`,
    }
  }
  if (warning.reason === 'title') {
    return {
      en: `"${warning.matched}" may be a title. If it is, send the name without it.`,
      ja: `『${warning.matched}』は敬称の可能性があります。敬称でしたら、お名前から除いてご登録ください。`,
    }
  }
  return {
    en: `"${warning.matched}" may be part of an organisation's name. Ask whether this is a person's name.`,
    ja: `『${warning.matched}』は組織名の一部の可能性があります。個人名かご確認ください。`,
  }
}
