import { JAPANESE, LATIN, MARK, OTHER, SPACE } from '#domain/names/letter-classes.ts'
import { accountName } from '#domain/names/rules/account-name.ts'
import { andCompanions } from '#domain/names/rules/and-companions.ts'
import { andOthers } from '#domain/names/rules/and-others.ts'
import { brokenText } from '#domain/names/rules/broken-text.ts'
import { contactData } from '#domain/names/rules/contact-data.ts'
import { familyNameNeverAName } from '#domain/names/rules/family-name-never-a-name.ts'
import { hangulNames } from '#domain/names/rules/hangul-names.ts'
import { honorificAddress } from '#domain/names/rules/honorific-address.ts'
import { joinedKanjiNames } from '#domain/names/rules/joined-kanji-names.ts'
import { joinedNames } from '#domain/names/rules/joined-names.ts'
import { labelledPeople } from '#domain/names/rules/labelled-people.ts'
import { latinLegalForm } from '#domain/names/rules/latin-legal-form.ts'
import { latinSentence } from '#domain/names/rules/latin-sentence.ts'
import { legalFormAfterKanji } from '#domain/names/rules/legal-form-after-kanji.ts'
import { legalForm } from '#domain/names/rules/legal-form.ts'
import { mailboxName } from '#domain/names/rules/mailbox-name.ts'
import { manyWords } from '#domain/names/rules/many-words.ts'
import { markedName } from '#domain/names/rules/marked-name.ts'
import { markup } from '#domain/names/rules/markup.ts'
import { namesSideBySide } from '#domain/names/rules/names-side-by-side.ts'
import { noLetter } from '#domain/names/rules/no-letter.ts'
import { organisationWithSurname } from '#domain/names/rules/organisation-with-surname.ts'
import { partWithoutLetter } from '#domain/names/rules/part-without-letter.ts'
import { personOfAnother } from '#domain/names/rules/person-of-another.ts'
import { placeOrTime } from '#domain/names/rules/place-or-time.ts'
import { placeholderWords } from '#domain/names/rules/placeholder-words.ts'
import { sentence } from '#domain/names/rules/sentence.ts'
import { singleLetter } from '#domain/names/rules/single-letter.ts'
import { spacedLetters } from '#domain/names/rules/spaced-letters.ts'
import type { RuleNeeds } from '#domain/names/rules-by-classes.ts'

/** What the rules for the name as given need to find anything. A rule that is not here reads every name. */
export const RULE_NEEDS: RuleNeeds = new Map([
  [brokenText, [OTHER]],
  [contactData, [MARK, OTHER]],
  [noLetter, [MARK, OTHER]],
  [markup, [OTHER]],
  [singleLetter, [LATIN]],
  [placeholderWords, [SPACE, MARK, OTHER]],
  [mailboxName, [MARK, OTHER]],
  [legalForm, [JAPANESE, OTHER]],
  [manyWords, [SPACE]],
  [partWithoutLetter, [MARK, OTHER]],
  [familyNameNeverAName, [MARK, OTHER]],
  [latinLegalForm, [LATIN]],
  [legalFormAfterKanji, [LATIN | JAPANESE]],
  [andOthers, [JAPANESE, LATIN | SPACE]],
  [andCompanions, [JAPANESE]],
  [labelledPeople, [JAPANESE, OTHER]],
  [spacedLetters, [JAPANESE | SPACE, MARK | SPACE]],
  [accountName, [MARK, OTHER]],
  [placeOrTime, [JAPANESE, OTHER]],
  [honorificAddress, [JAPANESE]],
  [sentence, [JAPANESE, OTHER]],
  [personOfAnother, [JAPANESE]],
  [organisationWithSurname, [MARK, OTHER]],
  [latinSentence, [LATIN | SPACE, LATIN | MARK]],
  [joinedNames, [JAPANESE, OTHER, LATIN | SPACE]],
  [joinedKanjiNames, [JAPANESE]],
  [hangulNames, [OTHER]],
  [markedName, [JAPANESE]],
  [namesSideBySide, [JAPANESE | SPACE]],
])
