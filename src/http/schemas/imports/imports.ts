import { Type } from 'typebox'
import { IMPORT_LINE_TYPES } from '#domain/imports/import-line.ts'
import { IMPORT_OUTCOMES, IMPORT_STATES, ON_PROBLEM } from '#domain/vocabulary.ts'
import {
  component,
  nullable,
  nullableRef,
  oneOfList,
  openList,
  ref,
  type NamedSchema,
} from '#http/schemas/named-schema.ts'
import { listQuery, moment, ownId, pageSchema } from '#http/schemas/common.ts'
import { noticeVersion } from '#http/schemas/rosters/contact-fields.ts'
import { ContactWarning } from '#http/schemas/rosters/contact-warnings.ts'
import { contractId } from '#http/schemas/contracts/contracts.ts'
import { customerId } from '#http/schemas/contracts/customers.ts'
import { CONTACT_ID, IMPORT_ID } from '#http/schemas/examples.ts'
import { bom } from '#http/schemas/list-files.ts'
import { ListedProblem, Problem } from '#http/schemas/problems/problem.ts'

const importId = ownId("The import's id.", IMPORT_ID)

export const ImportPath = Type.Object({ import_id: importId })

const onProblem = Type.Optional(
  Type.Unsafe<(typeof ON_PROBLEM)[number]>({
    type: 'string',
    enum: [...ON_PROBLEM],
    description:
      'What a row that breaks a rule keeps out: `skip_contract` (the default) all contacts of its contract, ' +
      '`skip_row` only itself.',
    examples: ['skip_row'],
  }),
)

const flag = (description: string) => Type.Optional(Type.Boolean({ description, examples: [true] }))

export const ImportQuery = Type.Object(
  {
    dry_run: flag('Whether nothing is to change: the report is the same as that of the import itself.'),
    on_problem: onProblem,
    accept_over_limit: flag(
      'Whether a contract that never had a contact may get more of them than it has seats: it is then over its limit ' +
        '(R27).',
    ),
    privacy_notice_version: Type.Optional(noticeVersion('The default of all contacts in the file.')),
  },
  { additionalProperties: false },
)

export const ImportListQuery = listQuery({
  state: Type.Optional(oneOfList(IMPORT_STATES, { description: 'Only imports in this state.' })),
})

export const ImportRowQuery = listQuery({
  outcome: Type.Optional(oneOfList(IMPORT_OUTCOMES, { description: 'Only rows with this outcome.' })),
  bom,
})

const count = (description: string, example: number) => Type.Integer({ minimum: 0, description, examples: [example] })

const ImportRows = component(
  'ImportRows',
  Type.Object(
    {
      total: count('All rows of the file.', 4),
      done: count('Rows with an outcome.', 4),
      created: count('Rows that registered something.', 3),
      changed: count('Rows that changed something.', 0),
      unchanged: count('Rows that say what is registered already.', 0),
      refused: count('Rows that break a rule, or do not fit.', 1),
      skipped: count('Rows that were left out because another row of their contract was refused.', 0),
    },
    { description: 'How many rows there are, and what became of them.' },
  ),
)

export const Import = component(
  'Import',
  Type.Object(
    {
      import_id: importId,
      state: openList(IMPORT_STATES, {
        description:
          'The state. Of a `failed` import the file could not be read, and nothing was changed; or the service ' +
          'failed at some of its rows. The rows of a `failed` or `cancelled` import that have an outcome stay done.',
        examples: ['finished'],
      }),
      media_type: Type.String({ description: 'The media type of the file.', examples: ['application/x-ndjson'] }),
      dry_run: Type.Boolean({ description: 'Whether nothing is changed.', examples: [false] }),
      on_problem: openList(ON_PROBLEM, {
        description: 'What a row that breaks a rule keeps out.',
        examples: ['skip_contract'],
      }),
      accept_over_limit: Type.Boolean({
        description: 'Whether contracts that never had a contact may go over their limit.',
        examples: [false],
      }),
      privacy_notice_version: nullable(noticeVersion('The default of all contacts in the file.')),
      rows: ref(ImportRows),
      rows_per_second: nullable(count('How many rows are done in a second; null before it starts.', 2500)),
      seconds_left: nullable(count('About how many seconds are left; null if it is over or not started.', 12)),
      received_at: moment('When the file was received.', '2026-11-25T00:00:00.000Z'),
      started_at: nullable(moment('When the first rows were done; null before.', '2026-11-25T00:00:02.000Z')),
      ended_at: nullable(moment('When it was over; null before.', '2026-11-25T00:00:03.000Z')),
      problem: nullableRef(ref(Problem), 'Why the import failed, and at which line; null if it has not.'),
    },
    { description: 'A file that a client imports, and how far the service is with it (R39).' },
  ),
)

const PossibleDuplicate = component(
  'PossibleDuplicate',
  Type.Object(
    {
      contact_id: Type.String({ description: 'The contact that may be the same person.', examples: [CONTACT_ID] }),
      name: Type.String({ description: 'Its whole name.', examples: ['山田 太郎'] }),
      line: nullable(
        count('The line of the file about that contact; null for a contact of whom no line of the contract is.', 2),
      ),
    },
    { description: 'Who may be the same person as that of a row.' },
  ),
)

const ImportValue = component(
  'ImportValue',
  Type.Object(
    {
      field: Type.String({ description: 'The name of the field.', examples: ['name'] }),
      value: Type.String({ description: 'Its value in the file; as JSON, if it is no text.', examples: ['山田/伊藤'] }),
    },
    { description: 'A field of a row as the file has it.' },
  ),
)

const ImportRow = component(
  'ImportRow',
  Type.Object(
    {
      line: count('The number of its first line in the file, from 1.', 3),
      type: openList(IMPORT_LINE_TYPES, { description: 'What the row is.', examples: ['contact'] }),
      outcome: nullable(
        openList(IMPORT_OUTCOMES, {
          description: 'What became of it; null while it waits, and if the import was cancelled before.',
          examples: ['refused'],
        }),
      ),
      customer_id: nullable(customerId),
      contract_id: nullable(contractId),
      contact_id: nullable(
        Type.String({ description: 'The contact that it registered, changed or found.', examples: [CONTACT_ID] }),
      ),
      problems: Type.Array(ref(ListedProblem), {
        description: 'What is wrong with it: `pointers` and `errors` name the fields.',
      }),
      values: Type.Array(ref(ImportValue), { description: 'The fields that the problems name, as the file has them.' }),
      warnings: Type.Array(ref(ContactWarning), { description: 'Doubts about the name or the address of a row.' }),
      possible_duplicates: Type.Array(ref(PossibleDuplicate), { description: 'Who may be the same person.' }),
    },
    { description: 'A row of a file, and what became of it.' },
  ),
)

export const ImportPage = pageSchema('ImportPage', Import, 'A page of imports, the newest first.')
export const ImportRowPage = pageSchema('ImportRowPage', ImportRow, 'A page of rows in the order of the file.')

export const ImportReport = component(
  'ImportReport',
  Type.String({
    description:
      'The rows as CSV: those of a CSV file as they were sent, each with its outcome and the reasons in further ' +
      'columns, to be mended and sent again.',
    examples: ['contract_id,name,email,import_line,import_outcome,import_reason,import_suggestion\r\n'],
  }),
)

/** The named schemas of this file. */
export const importsComponents: readonly NamedSchema[] = [
  ImportRows,
  Import,
  PossibleDuplicate,
  ImportValue,
  ImportRow,
  ImportPage,
  ImportRowPage,
  ImportReport,
]
