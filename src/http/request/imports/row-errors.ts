import type { FieldError } from '#http/problems/field-errors.ts'
import { textErrorsIn } from '#http/request/strict-json.ts'
import { columnOfWord } from '#domain/imports/import-words.ts'

/**
 * What does not fit of a row, each value once: text that no request may hold before what its schema says of it, and of
 * a value in another format not how long it is. A word for a role among the duties, and a word for a duty in place of
 * the role, are named by the column that they belong to.
 */
export function rowErrors(fields: Readonly<Record<string, unknown>>, ofSchema: readonly FieldError[]): FieldError[] {
  const ofText = textErrorsIn(fields)
  const named = pointersOf(ofText)
  const formats = pointersOf(ofSchema.filter(({ code }) => code === 'invalid-format'))
  const isAgain = ({ code, pointer }: FieldError): boolean =>
    named.has(pointer) || (OF_LENGTH.has(code) && formats.has(pointer))
  return [...ofText, ...ofSchema.filter(error => !isAgain(error)).map(error => ofOtherColumn(error, fields))]
}

const OF_LENGTH: ReadonlySet<FieldError['code']> = new Set(['too-short', 'too-long'])

function pointersOf(errors: readonly FieldError[]): ReadonlySet<string> {
  return new Set(errors.map(({ pointer }) => pointer))
}

function ofOtherColumn(error: FieldError, fields: Readonly<Record<string, unknown>>): FieldError {
  const [, field = '', index] = error.pointer.split('/')
  if (error.code !== 'not-allowed' || (field !== 'role' && field !== 'duties')) return error
  const value = index === undefined ? fields[field] : (fields[field] as readonly unknown[] | undefined)?.[Number(index)]
  const column = typeof value === 'string' ? columnOfWord(value) : undefined
  if (column === undefined || column === field) return error
  return { in: 'body', pointer: error.pointer, code: 'other-column', column }
}
