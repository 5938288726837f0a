import { Type } from 'typebox'
import { component, ref, taggedUnion, type NamedSchema } from '#http/schemas/named-schema.ts'
import { LINE_SCHEMAS } from '#http/schemas/imports/import-lines.ts'

const ImportLine = component(
  'ImportLine',
  taggedUnion('type', Object.values(LINE_SCHEMAS) as NamedSchema[], {
    description: 'One line of a file that is imported.',
  }),
)

export const ImportLines = component(
  'ImportLines',
  Type.String({
    description: 'One `ImportLine` as JSON a line, up to 64 MB.',
    contentMediaType: 'application/x-ndjson',
    contentSchema: ref(ImportLine),
  }),
)

export const ImportTable = component(
  'ImportTable',
  Type.String({
    description:
      'Contacts as CSV (RFC 4180) with a line of names, up to 64 MB: `contract_id`, `role`, `duties` (divided by ' +
      '`;`), `family_name`, `given_name`, `name`, `email`, `shared_mailbox`, `privacy_notice_version`, ' +
      '`registered_at`, in any order, or their Japanese words (契約番号, 区分, 役割, 姓, 名, お名前, メールアドレス, 共有). ' +
      'A file that has only one of `role` and `duties` may say both in it. ' +
      'UTF-8 with or without a byte order mark, or `charset=shift_jis` as Windows writes it.',
    contentMediaType: 'text/csv',
  }),
)

/** The named schemas of this file. */
export const importFilesComponents: readonly NamedSchema[] = [ImportLine, ImportLines, ImportTable]
