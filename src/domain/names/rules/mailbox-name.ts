import { finalRefusal, type Finding } from '#domain/names/finding.ts'
import type { NameFacts } from '#domain/names/name-facts.ts'

const MAILBOX = /^(?:\p{Ll}+(?:[._]\p{Ll}+)+|[a-z]+[._-]?\d+|[a-z]+_[a-z_]+)$/u

/** The local part of an address, or the name of an account: t.yamada, yamada_taro, tanaka01. */
export function mailboxName({ text }: NameFacts): Finding | undefined {
  return MAILBOX.test(text) ? finalRefusal('contact-data', text) : undefined
}
