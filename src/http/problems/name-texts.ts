import type { ContactWarning } from '#domain/name-note.ts'
import type { NameCode } from '#domain/names/name-verdict.ts'
import { fullName } from '#domain/person-name.ts'
import type { Refusal } from '#domain/refusal.ts'
import type { Language, Words } from '#http/problems/language.ts'
import { listed, MOST_LISTED } from '#http/problems/listed.ts'

const WARNING_BYTES = 32 * 1024

type WordsFor = (matched: string) => Words

const HAS_LETTERS = /[\p{L}\p{N}]/u

// Why a name is no person's, and what to do about it. A new code without its words does not compile.
const REFUSED = {
  empty: () => ({
    en: 'The name must contain letters.',
    ja: 'お名前に、かな・漢字・英字などの文字が含まれていません。',
  }),
  'contact-data': matched => ({
    en: `Register the person's name. "${matched}" is contact data, a number or an account.`,
    ja: `個人名でご登録ください。「${matched}」は連絡先、番号、またはアカウントと思われます。`,
  }),
  placeholder: matched =>
    HAS_LETTERS.test(matched)
      ? {
          en: `Register the person's name. "${matched}" is a placeholder.`,
          ja: `個人名でご登録ください。「${matched}」は仮の入力と思われます。`,
        }
      : {
          en: `The name must not contain "${matched}".`,
          ja: `お名前に使用できない記号「${matched}」が含まれています。`,
        },
  company: matched => ({
    en: `Register the person's name. "${matched}" looks like a company or an institution.`,
    ja: `個人名でご登録ください。「${matched}」は企業名・団体名と思われます。`,
  }),
  department: matched => ({
    en: `Register the person's name. "${matched}" looks like a department.`,
    ja: `個人名でご登録ください。「${matched}」は部署名と思われます。`,
  }),
  role: matched => ({
    en: `Register the person's name. "${matched}" looks like a role.`,
    ja: `個人名でご登録ください。「${matched}」は役職名や担当名と思われます。`,
  }),
  'organisation-and-person': matched => ({
    en: `Register the person's name alone, without "${matched}".`,
    ja: `「${matched}」を除き、個人名のみでご登録ください。`,
  }),
  title: matched => ({
    en: `Register the person's name alone, without "${matched}".`,
    ja: `「${matched}」を除き、個人名のみでご登録ください。`,
  }),
  'several-people': matched => ({
    en: `The name seems to join several people with "${matched}". Register each person as a separate contact.`,
    ja: `「${matched}」で区切って、複数の方のお名前が記載されているようです。お一人ずつご登録ください。`,
  }),
  'equals-customer': matched => ({
    en: `Register the person's name. "${matched}" is the name of the customer.`,
    ja: `個人名でご登録ください。「${matched}」はお客様企業の名称です。`,
  }),
  'broken-text': matched => ({
    en: `The name contains damaged text: "${matched}". Send the name as the person writes it.`,
    ja: `お名前が文字化けしています(「${matched}」)。ご本人の表記のとおりにご入力ください。`,
  }),
  doubtful: matched => ({
    en: `Register the person's name. "${matched}" may not be a person's name.`,
    ja: `個人名でご登録ください。「${matched}」は個人名ではない可能性があります。`,
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
export function warningAnswers(warnings: readonly ContactWarning[], language: Language) {
  return listed(
    warnings.slice(0, MOST_LISTED).map(warning => warningAnswer(warning, language)),
    WARNING_BYTES,
  )
}

function warningAnswer(warning: ContactWarning, language: Language) {
  return { ...warning, detail: warningWords(warning)[language] }
}

function warningWords(warning: ContactWarning): Words {
  if (warning.code === 'title-removed')
    return {
      en: `The title "${warning.matched}" was removed from the name.`,
      ja: `敬称「${warning.matched}」を、お名前から除きました。`,
    }
  if (warning.code === 'address-doubtful')
    return {
      en: `"${warning.matched}" in the email address may be a typing error. Check the address with the person.`,
      ja: `メールアドレスの「${warning.matched}」は、入力の誤りかもしれません。正しいアドレスかご確認ください。`,
    }
  if (warning.code === 'possibly-same-person') {
    return {
      en: 'A contact with this email address has the same name in another spelling. Check if they are one person.',
      ja: '同じメールアドレスに、表記の異なる同名の方が登録されています。同一の方かご確認ください。',
    }
  }
  return doubtWords(warning)
}

/** The words of a doubt about a name, by its reason. */
function doubtWords(warning: Extract<ContactWarning, { code: 'name-doubtful' }>): Words {
  if (warning.reason === 'equals-customer') {
    return {
      en: "This is also the name of the customer. Check whether it is a person's name.",
      ja: 'お客様企業の名称と同じです。個人名かご確認ください。',
    }
  }
  if (warning.reason === 'broken-text') {
    return {
      en: `The name may contain damaged text: "${warning.matched}". Check how the person writes the name.`,
      ja: `「${warning.matched}」の部分が文字化けしている可能性があります。お名前の表記をご確認ください。`,
    }
  }
  if (warning.reason === 'several-people') {
    return {
      en: `"${warning.matched}" may join several people. Check whether this is the name of one person.`,
      ja: `「${warning.matched}」で複数の方が記載されている可能性があります。お一人のお名前かご確認ください。`,
    }
  }
  if (warning.reason === 'title') {
    return {
      en: `"${warning.matched}" may be a title. If so, send the name without it.`,
      ja: `「${warning.matched}」は敬称の可能性があります。敬称でしたら、お名前から除いてご登録ください。`,
    }
  }
  return {
    en: `"${warning.matched}" may be part of an organisation's name. Check whether this is a person's name.`,
    ja: `「${warning.matched}」は組織名の一部の可能性があります。個人名かご確認ください。`,
  }
}
