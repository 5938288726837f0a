import { readdirSync } from 'node:fs'
import t from 'tap'
import { firstRuling, type Rule, type Ruling } from '#domain/names/finding.ts'
import { AS_GIVEN, BY_FORM } from '#domain/names/judge-name.ts'
import { nameFacts } from '#domain/names/name-facts.ts'
import { nameText, type NameText, type TextForm } from '#domain/names/name-text.ts'
import { customersOwnName } from '#domain/names/rules/customers-own-name.ts'
import { damagedText } from '#domain/names/rules/damaged-text.ts'
import { unlikelyGivenName } from '#domain/names/rules/unlikely-given-name.ts'
import type { PersonName } from '#domain/person-name.ts'

// For each rule of a table a name that it decides, and how. A bar divides family and given name.
const OF_NAME: Record<string, [name: string, code: string]> = {
  brokenText: ['=?UTF-8?B?5bGx?=', 'broken-text'],
  contactData: ['山田|03-1234-5678', 'contact-data'],
  placeholderWord: ['該当者なし', 'placeholder'],
  placeholderBeginning: ['テスト太郎', 'placeholder'],
  noLetter: ['ーー', 'empty'],
  markup: ['山田<b>', 'placeholder'],
  repeatedLetters: ['xyxyxy', 'placeholder'],
  singleLetter: ['Bさん', 'placeholder'],
  placeholderWords: ['Test Anonymous', 'placeholder'],
  mailboxName: ['t.yamada', 'contact-data'],
  legalForm: ['青空株式会社', 'company'],
  manyWords: ['Ana Eva Lea Mia Noa Pia Ria Tea Una Via Zoe Ada Ida', 'doubtful'],
  partWithoutLetter: ['山田|-', 'empty'],
  givenNamePlaceholder: ['山田|名前', 'placeholder'],
  familyNameNeverAName: ['青空商事(カ|太郎', 'company'],
  latinLegalForm: ['Acme Inc.', 'company'],
  legalFormAfterKanji: ['青空 Inc.', 'company'],
  andOthers: ['山田 他1名', 'several-people'],
  andCompanions: ['山田ら', 'several-people'],
  labelledPeople: ['①山田②佐藤'.normalize('NFKC'), 'several-people'],
  spacedLetters: ['部 長', 'role'],
  accountName: ['#it-support', 'contact-data'],
  placeOrTime: ['大阪市北区梅田', 'contact-data'],
  honorificAddress: ['経理御中', 'company'],
  sentence: ['山田です', 'organisation-and-person'],
  personOfAnother: ['情シスの山田', 'organisation-and-person'],
  organisationWithSurname: ['工藤-営業', 'organisation-and-person'],
  latinSentence: ['My name is John Smith', 'organisation-and-person'],
  joinedNames: ['山田、佐藤', 'several-people'],
  joinedKanjiNames: ['山田・佐藤', 'several-people'],
  hangulNames: ['김철수 이영희', 'several-people'],
  markedName: ['1. 山田', 'placeholder'],
  namesSideBySide: ['山田太郎 佐藤花子', 'several-people'],
  departmentReading: ['エイギョウブ', 'department'],
}
const OF_TEXT: Record<TextForm, Record<string, [text: string, code: string]>> = {
  latin: {
    latinLegalForm: ['Acme Inc.', 'company'],
    likelyLatinLegalForm: ['Aozora S.A.', 'company'],
    latinBrand: ['Sony', 'company'],
    latinFunctionWords: ['Sales Team', 'department'],
    singleLatinWord: ['Yamada', 'person'],
    latinDepartmentWord: ['Yamada helpdesk Taro', 'department'],
    latinOrganisationEnding: ['Mizuho Bank', 'doubtful'],
    itBeforeName: ['IT Yamada', 'department'],
    latinPlaceholder: ['Test Anna', 'placeholder'],
    adminBeforeName: ['Admin Ann', 'role'],
    latinOrganisationBeginning: ['Accounting Yamada', 'department'],
    latinPreposition: ['City of York', 'company'],
  },
  bracketed: { organisationInBrackets: ['山田太郎(経理部)', 'organisation-and-person'] },
  katakana: {
    dividedKatakanaWord: ['ヘルプ デスク', 'department'],
    katakanaSurname: ['セールス|マリア', 'doubtful'],
    organisationInText: ['システムサービス', 'company'],
  },
  'one-word': {
    ordinaryWord: ['本部', 'department'],
    doubtfulSurname: ['東京', 'doubtful'],
    listedSurname: ['服部', 'person'],
    organisationInText: ['情報システム部', 'department'],
    nameInFunctionsWord: ['経理山田太郎', 'doubtful'],
  },
  'surname-first': {
    unitAfterFunction: ['総務 部', 'department'],
    departmentAfterFunction: ['総務 経理', 'department'],
    doubtfulGivenName: ['山田 経理', 'doubtful'],
    organisationLikeGivenName: ['山田 博士', 'person'],
    nameAfterFunction: ['総務 山田', 'doubtful'],
    unmarkedGivenName: ['山田 太郎', 'person'],
    organisationAfterFunction: ['開発 システム部', 'department'],
    organisationAfterSurname: ['山田 部長', 'title'],
  },
  'several-words': {
    organisationWithPerson: ['総務部 山田太郎', 'organisation-and-person'],
    organisationInWords: ['経理部 総務部', 'department'],
    doubtfulGivenName: ['水流所 経理', 'doubtful'],
    organisationAcrossWords: ['水流所 グルー プ', 'department'],
  },
}

function nameOf(written: string): PersonName {
  const [family_name = '', given_name = null] = written.split('|')
  return { family_name, given_name }
}

/** The name of the file that exports a rule. */
function fileOf(rule: string): string {
  return rule.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)
}

function codeOf(ruling: Ruling): string | undefined {
  return typeof ruling === 'object' ? ruling.code : ruling
}

/** The rule of a table that decides, by its name, and its answer. */
function decisionOf<Facts>(rules: readonly Rule<Facts>[], facts: Facts): [rule: string, code: string] | undefined {
  for (const rule of rules) {
    const code = codeOf(rule(facts))
    if (code !== undefined) return [rule.name, code]
  }
  return undefined
}

function textOf(written: string): NameText {
  return nameText(written.replace('|', ' '), written.includes('|'), inner => {
    const facts = textOf(inner)
    return firstRuling<NameText<typeof facts.form>>(BY_FORM[facts.form] as readonly Rule<NameText>[], facts)
  })
}

t.test('R13, R14: every rule for the name as given decides the name that is its example', async t => {
  t.same(
    Object.keys(OF_NAME),
    AS_GIVEN.map(rule => rule.name),
    'the examples are in the order of the table',
  )
  for (const [rule, [written, code]] of Object.entries(OF_NAME))
    t.same(decisionOf(AS_GIVEN, nameFacts(nameOf(written), null)), [rule, code], written)
})

for (const [form, examples] of Object.entries(OF_TEXT) as [TextForm, (typeof OF_TEXT)[TextForm]][]) {
  t.test(`R13: every rule for the form ${form} decides the text that is its example`, async t => {
    // The rules of a form take the texts of that form, which the loop over all forms cannot express.
    const rules = BY_FORM[form] as readonly Rule<NameText>[]
    t.same(
      Object.keys(examples),
      rules.map(rule => rule.name),
      'the examples are in the order of the table',
    )
    for (const [rule, [written, code]] of Object.entries(examples)) {
      const text = textOf(written)
      t.equal(text.form, form, written)
      t.same(decisionOf(rules, text), [rule, code], written)
    }
  })
}

t.test(
  'R13: an unlikely given name comes before the rules by form, the own name of the customer after them',
  async t => {
    t.equal(codeOf(unlikelyGivenName(nameFacts(nameOf('山田|test'), null))), 'placeholder')
    t.equal(codeOf(customersOwnName(nameFacts(nameOf('みどりの風'), '株式会社みどりの風'))), 'equals-customer')
    t.equal(codeOf(damagedText(nameFacts(nameOf('山〓'), null))), 'broken-text')
  },
)

t.test('every rule file is in a table', async t => {
  const files = readdirSync(new URL('../../../src/domain/names/rules', import.meta.url)).map(file => file.slice(0, -3))
  const single = [unlikelyGivenName, customersOwnName, damagedText]
  const rules = [...AS_GIVEN, ...Object.values(BY_FORM).flat(), ...single]
  t.same([...new Set(rules.map(rule => fileOf(rule.name)))].toSorted(), files.toSorted())
})
