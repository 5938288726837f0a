import { finalRefusal, type Finding } from '#domain/names/finding.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'

const MARKUP =
  /<[^>]*>?|^\[[^\]]*\]$|[{}\\^`|~<]|(?<![-=])>|\[[^\]]*$|^[^[]*\]|\$\{|%[a-z]+%|^%[a-z]$|^[=$][a-z]|\[\[|&[a-z]+;/iu

/** Markup or the field of a template that was not filled in: <name>, {name}, %name%. */
export function markup({ text }: NameFacts): Finding | undefined {
  const mark = MARKUP.exec(text)
  return mark === null ? undefined : finalRefusal('placeholder', mark[0])
}
