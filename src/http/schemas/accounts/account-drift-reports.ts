import { Type } from 'typebox'
import { DRIFT_REFUSALS } from '#domain/accounts/drift-line.ts'
import { DRIFT_ACTIONS, STEP_REASONS } from '#domain/accounts/drift-steps.ts'
import { component, nullable, openList, ref, type NamedSchema } from '#http/schemas/named-schema.ts'
import { ACCOUNT_ID, SHARED_ACCOUNT_ID } from '#http/schemas/examples.ts'
import { ProblemError } from '#http/schemas/problems/problem-parts.ts'
import { externalId } from '#http/schemas/accounts/support-accounts.ts'

const DriftUser = component(
  'DriftUser',
  Type.Object(
    {
      external_id: externalId("The help desk's own id of the user."),
      email: Type.String({
        minLength: 1,
        maxLength: 320,
        description: "The user's address. The help desk holds each address once (R16).",
        examples: ['Yamada.Taro@aozora.example.co.jp'],
      }),
      name: Type.Optional(
        nullable(
          Type.String({ minLength: 1, maxLength: 1000, description: "The user's name.", examples: ['山田 太郎'] }),
        ),
      ),
      suspended: Type.Optional(
        Type.Boolean({ default: false, description: 'Whether the user is suspended.', examples: [false] }),
      ),
    },
    { description: 'One user of the help desk: one line of the request.', additionalProperties: false },
  ),
)

export const DriftUserLines = component(
  'DriftUserLines',
  Type.String({
    description: 'Each line is one `DriftUser` in JSON, at most 65536 bytes long. Empty lines are passed over.',
    examples: ['{"external_id":"…","email":"…"}\n'],
    contentMediaType: 'application/x-ndjson',
    contentSchema: ref(DriftUser),
  }),
)

const text = (description: string, example: string) => nullable(Type.String({ description, examples: [example] }))

const DriftStep = component(
  'DriftStep',
  Type.Object(
    {
      line: Type.Unsafe<number | null>({
        type: ['integer', 'null'],
        description: 'The line of the user in the request, counted from 1; null with `create`.',
        examples: [1],
      }),
      action: openList(DRIFT_ACTIONS, {
        description:
          '`create`: make a user with this address and name, and report its id with `PATCH ' +
          "/v1/support-accounts/{account_id}`. `link`: report the user's id there. `rename`, `rekey`: give the user " +
          'this name or address. `suspend`, `reactivate`: the user may not sign in, or may again. `none`: the line ' +
          'was passed over.',
        examples: ['rename'],
      }),
      external_id: text("The help desk's id of the user; null with `create`.", '361084729'),
      account_id: text('The support account of the user; null if it has none.', ACCOUNT_ID),
      email: text('The address that the user has after the step.', 'Yamada.Taro@aozora.example.co.jp'),
      name: text('The name that the user has after the step.', '山田 太郎'),
      reason: openList([...STEP_REASONS, ...DRIFT_REFUSALS], {
        description:
          '`no_user`: the account has no user. `same_address`: the user has the address of the account. ' +
          '`name_differs`, `address_differs`: the account has another. `address_needed`: another user gets the ' +
          'address; the new one can receive no mail. `account_closed`, `not_registered`: the account is closed, or ' +
          'there is none. `account_open`: it is open. `not_a_user`: the line is no user, see `errors`. ' +
          '`duplicate_external_id`, `duplicate_email`: the user, or its address, is also on the line `repeats_line`.',
        examples: ['name_differs'],
      }),
      repeats_line: Type.Optional(
        Type.Integer({ description: 'The line that counts in place of this.', examples: [4] }),
      ),
      errors: Type.Optional(Type.Array(ref(ProblemError), { description: 'What is wrong with the line.' })),
    },
    { description: 'One step that brings a user of the help desk in line with its account: one line of the answer.' },
  ),
)

export const DriftStepLines = component(
  'DriftStepLines',
  Type.String({
    description: 'Each line is one `DriftStep` in JSON, to the end of the steps. Empty if there is nothing to do.',
    examples: ['{"line":1,"action":"rename",…}\n'],
    contentMediaType: 'application/x-ndjson',
    contentSchema: ref(DriftStep),
  }),
)

const lines = (...values: object[]) => values.map(value => `${JSON.stringify(value)}\n`).join('')

const yamada = { external_id: '361084729', account_id: ACCOUNT_ID, email: 'Yamada.Taro@aozora.example.co.jp' }
export const driftExamples = {
  users: {
    two: {
      summary: 'A user whose name has changed, and one who has left',
      value: lines(
        { external_id: '361084729', email: 'Yamada.Taro@aozora.example.co.jp', name: '山田太郎', suspended: false },
        { external_id: '361084730', email: 'former@aozora.example.co.jp', name: '田中 一郎', suspended: false },
      ),
    },
  },
  steps: {
    three: {
      summary: 'What to do about them, and about an account without a user',
      value: lines(
        { line: 1, action: 'rename', ...yamada, name: '山田 太郎', reason: 'name_differs' },
        {
          line: 2,
          action: 'suspend',
          external_id: '361084730',
          account_id: null,
          email: 'former@aozora.example.co.jp',
          name: '田中 一郎',
          reason: 'not_registered',
        },
        {
          line: null,
          action: 'create',
          external_id: null,
          account_id: SHARED_ACCOUNT_ID,
          email: 'support-desk@aozora.example.co.jp',
          name: '佐藤/鈴木',
          reason: 'no_user',
        },
      ),
    },
  },
}

/** The named schemas of this file. */
export const accountDriftReportsComponents: readonly NamedSchema[] = [
  DriftUser,
  DriftUserLines,
  DriftStep,
  DriftStepLines,
]
