import type { Finding } from '#domain/names/finding.ts'
import { joinedPeople } from '#domain/names/joined-people.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'

const SURNAMES =
  '김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반왕금옥육인맹제모탁국'
const NAME = `[${SURNAMES}][가-힣]{2}`
const NAMES = new RegExp(`^${NAME}(?:\\s?[·・\\s]\\s?${NAME})+$`, 'u')

/** Whole Korean names with a space or a dot between them: 김철수 이영희. */
export function hangulNames({ text }: NameFacts): Finding | undefined {
  return NAMES.test(text) ? joinedPeople(text, text, text.split(/[·・\s]+/u)) : undefined
}
