import { UnreadableImportError } from '#domain/imports/import-line.ts'
import type { HttpProblem } from '#http/problems/http-problem.ts'
import { markedEncoding } from '#imports/found-encoding.ts'
import { otherFile } from '#imports/other-file.ts'
import { undecodableLine } from '#imports/undecodable.ts'

/**
 * Why a line of JSON cannot be read, from what its parser says: bytes that are no UTF-8, a file of another kind, a
 * field that comes twice, too many of them, or what is no JSON at all. Undefined where only texts in it are not taken.
 */
export function ndjsonFault({ facts }: HttpProblem, bytes: Buffer, line: number): UnreadableImportError | undefined {
  const errors = facts.type === 'invalid-request' ? facts.errors : []
  if (errors.length > 0 && errors.every(({ code }) => code === 'lone-surrogate' || code === 'control-character'))
    return undefined
  const other = line === 1 ? otherFileOf(bytes) : undefined
  if (other !== undefined) return other
  const [error] = errors
  if (error?.code === 'invalid-utf-8') return undecodableLine(bytes, 'utf-8', line)
  if (error?.code === 'duplicate-key') return unreadable(error.code, line)
  if (error?.code === 'too-deep' || error?.code === 'too-many-fields')
    return new UnreadableImportError({ code: error.code, line, column: null, expected: error.limit })
  return new UnreadableImportError({ code: 'malformed-json', line, column: columnOf(bytes) })
}

function otherFileOf(head: Buffer): UnreadableImportError | undefined {
  const file = otherFile(head)
  if (file !== undefined && file !== 'json')
    return new UnreadableImportError({ code: 'other-file', line: 1, column: null, found: file })
  const encoding = markedEncoding(head)
  return encoding === undefined || encoding === 'utf-8'
    ? undefined
    : new UnreadableImportError({ code: 'other-encoding', line: 1, column: null, found: encoding })
}

function unreadable(code: 'duplicate-key', line: number): UnreadableImportError {
  return new UnreadableImportError({ code, line, column: null })
}

/** The number of the first character that is not JSON; null where the engine does not say. */
function columnOf(text: Buffer): number | null {
  try {
    JSON.parse(text.toString('utf8'))
    return null
  } catch (error) {
    const position = /position (\d+)/.exec((error as Error).message)?.[1]
    return position === undefined ? null : Number(position) + 1
  }
}
