import { hash } from 'node:crypto'
import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
  type Compilable,
  type RawBuilder,
} from 'kysely'
import type { Tables } from '#db/tables.ts'

/**
 * One SQL statement with its values, named so that Postgres parses and plans it once a connection. `row` is never set:
 * it carries the type of the rows. `locks` names the things that many transactions may wait for, each as `kind id`.
 */
export type Statement<Row> = {
  name: string
  text: string
  values: unknown[]
  readonly row?: Row
  locks?: readonly string[]
}

/** A value in SQL: itself, or a parameter of a prepared statement. */
export type Operand<Value> = Value | RawBuilder<Value>

/** Builds and types statements; nothing runs through it. */
export const sqlBuilder = new Kysely<Tables>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: db => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
})

class Parameter {
  readonly name: string
  constructor(name: string) {
    this.name = name
  }
}

export type ParameterOf<Values> = <Name extends keyof Values & string>(name: Name) => RawBuilder<Values[Name]>
type Built<Row> = Compilable<Row> | RawBuilder<Row>

/**
 * A statement whose text never changes, compiled once at its first use: planning costs Postgres several times what
 * executing does, and building the text again costs the service as much as the rest of a query.
 */
export function prepared<Values extends Record<string, unknown>, Row>(
  build: (parameter: ParameterOf<Values>) => Built<Row>,
): (values: Values) => Statement<Row> {
  let template: Statement<Row> | undefined
  return values => {
    template ??= compiled(build(name => sql`${new Parameter(name)}`))
    return {
      ...template,
      values: template.values.map(value => (value instanceof Parameter ? values[value.name] : value)),
    }
  }
}

/** A statement that is compiled for each call, because its text depends on the call (optional filters). */
export function compiled<Row>(built: Built<Row>): Statement<Row> {
  const { sql: text, parameters } = built.compile(sqlBuilder)
  return { name: statementName(text), text, values: [...parameters] }
}

/**
 * A statement without a name, so that it is planned for the tables as they are now: over a table that is empty at one
 * time and large at another, a plan of before would read it from end to end for each row.
 */
export function unprepared<Row>(built: Built<Row>): Statement<Row> {
  return freshlyPlanned(compiled(built))
}

/** The same statement without its name, so that it is planned for its values and for the tables as they are now. */
export function freshlyPlanned<Row>(statement: Statement<Row>): Statement<Row> {
  return { ...statement, name: '' }
}

/** The name under which connections keep a statement: a digest of its text. */
export function statementName(text: string): string {
  return hash('md5', text, 'base64url')
}
