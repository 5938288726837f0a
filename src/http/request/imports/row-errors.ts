import type { FieldError } from '#http/problems/field-errors.ts'
import { textErrorsIn } from '#http/request/strict-json.ts'
import { columnOfWord } from '#domain/imports/import-words.ts'

/**
 * What does not fit of a row, each value once: text that no request may hold before what its schema says of it. A word
 * for a role among the duties, and a word for a duty in place of the role, are named by the column that they belong to.
 */
export function rowErrors(fields: Readonly<Record<string, unknown>>, ofSchema: readonly FieldError[]): FieldError[] {
  const ofText = textErrorsIn(fields)
  const places = new Set(ofText.map(({ pointer }) => pointer))
  return [
    ...ofText,
    ...ofSchema.filter(({ pointer }) => !places.has(pointer)).map(error => ofOtherColumn(error, fields)),
  ]
}

function ofOtherColumn(error: FieldError, fields: Readonly<Record<string, unknown>>): FieldError {
  const [, field = '', index] = error.pointer.split('/')
  if (error.code !== 'not-allowed' || (field !== 'role' && field !== 'duties')) return error
  const value = index === undefined ? fields[field] : (fields[field] as readonly unknown[] | undefined)?.[Number(index)]
  const column = typeof value === 'string' ? columnOfWord(value) : undefined
  if (column === undefined || column === field) return error
  return { in: 'body', pointer: error.pointer, code: 'other-column', column }
}
