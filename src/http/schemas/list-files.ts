import { Type } from 'typebox'
import { PURPOSES } from '#domain/vocabulary.ts'
import { component, oneOfList, ref, type NamedSchema } from '#http/schemas/named-schema.ts'

/** The purposes, each with what it means. */
export const PURPOSE =
  '`product_information`: information and goods about products and services; `inquiries`: answering inquiries; ' +
  '`surveys`: conducting and analysing surveys (R32).'

export const purpose = oneOfList(PURPOSES, {
  description: `The purpose of the list. ${PURPOSE}`,
  examples: ['product_information'],
})

export const bom = Type.Optional(
  Type.Boolean({
    description:
      'With `text/csv`: whether the file is for Excel. It then begins with a byte order mark, so that Excel ' +
      'recognises UTF-8, and a value that Excel would run as a formula begins with an apostrophe. Without it, values ' +
      'are unchanged.',
  }),
)

/** The parameters of a list that can be read as a file. */
export const fileParameters = {
  purpose: Type.Optional(
    oneOfList(PURPOSES, {
      description: `What the list is for; required with NDJSON and CSV, which hold the whole list. ${PURPOSE}`,
      examples: ['inquiries'],
    }),
  ),
  bom,
}

/** What every list says of its files. */
export const FILES_OF_LIST =
  '`Accept` chooses the form: JSON in pages, or the whole list as NDJSON or CSV, which name their `purpose` and take ' +
  'no `cursor` and no `limit`. A file leaves in batches, and `GET /v1/disclosures` shows who took which.'

const ListLines = component(
  'ListLines',
  Type.String({
    description: 'One item of the list as JSON a line, with `type`, to the end of the list.',
    examples: ['{"type":"customer","customer_id":"…"}\n'],
  }),
)

const ListTable = component(
  'ListTable',
  Type.String({
    description:
      'A CSV file (RFC 4180, UTF-8) with a line of names, to the end of the list. Several values in a cell are ' +
      'divided by semicolons.',
    examples: ['customer_id,name,updated_at\r\n'],
  }),
)

/** The other forms of a list, with an example of each. */
export function filesOf(line: object, table: string) {
  return {
    'application/x-ndjson': {
      schema: ref(ListLines),
      examples: { one: { summary: 'A list of one', value: `${JSON.stringify(line)}\n` } },
    },
    'text/csv': { schema: ref(ListTable), examples: { one: { summary: 'A list of one', value: table } } },
  }
}

/** The named schemas of this file. */
export const listFilesComponents: readonly NamedSchema[] = [ListLines, ListTable]
