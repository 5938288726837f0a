import { Type, type TObject, type TProperties, type TSchema } from 'typebox'
import { UNKNOWN_MOMENTS } from '#domain/vocabulary.ts'
import { component, nullable, oneOfList, openList, ref } from '#http/schemas/named-schema.ts'
import { PATTERNS } from '#http/problems/patterns.ts'

/** How many items a page has if a request does not say. */
export const DEFAULT_LIMIT = 50

/** An id from the system that a thing comes from: the CRM, billing, the catalogue. */
export function masterId(description: string, example: string) {
  return Type.String({
    minLength: 1,
    maxLength: 64,
    pattern: PATTERNS.id,
    description: `${description} 1–64 characters of A–Z, a–z, 0–9, dot, underscore and hyphen; case matters.`,
    examples: [example],
  })
}

/** An id that this service creates. */
export function ownId(description: string, example: string) {
  return Type.String({
    format: 'uuid',
    minLength: 36,
    maxLength: 36,
    description: `${description} A UUIDv7.`,
    examples: [example],
  })
}

/** A day, written so that PostgreSQL and every calendar know it. */
export function day(description: string, example: string) {
  return Type.String({
    format: 'date',
    maxLength: 10,
    pattern: PATTERNS.storedYear,
    description: `${description} \`YYYY-MM-DD\`, 1900 to 2999, in the vendor's time zone.`,
    examples: [example],
  })
}

/** A moment, as answers have it. */
export function moment(description: string, example: string) {
  return Type.String({ format: 'date-time', description: `${description} RFC 3339 in UTC.`, examples: [example] })
}

/** The parameters of every list. */
export const pageParameters = {
  limit: Type.Integer({
    minimum: 1,
    maximum: 200,
    default: DEFAULT_LIMIT,
    description: 'How many items a page has at most.',
  }),
  cursor: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 1000,
      pattern: PATTERNS.cursor,
      description:
        'Where the page starts: the `next_cursor` of the previous page, unchanged, with the same filters. Do not ' +
        'read meaning into it.',
      examples: ['WyJbXCIvdjEvY29udGFjdHNcIix7fSxbXV0iLCIwMTlkNDY3Mi03NzQwLTdjNDEtOWQyZS0zZjViOGExYzdlOTAiXQ'],
    }),
  ),
}

/** A list's query: its filters and the page. What it does not know is refused. */
export function listQuery<Filters extends TProperties>(filters: Filters): TObject<Filters & typeof pageParameters> {
  return Type.Object({ ...filters, ...pageParameters }, { additionalProperties: false })
}

/** A page of named items. */
export function pageSchema<Item extends Parameters<typeof ref>[0]>(
  $id: string,
  item: Item,
  description: string,
  more: TProperties = {},
) {
  return component(
    $id,
    Type.Object(
      {
        items: Type.Array(ref(item), { description: 'The items of this page.' }),
        next_cursor: nullable(Type.String({ description: 'The `cursor` of the next page; null on the last page.' })),
        ...more,
      },
      { description },
    ),
  )
}

/** A moment of the past to be answered for. */
export const asOf = Type.Optional(
  Type.String({
    format: 'date-time',
    minLength: 20,
    maxLength: 41,
    pattern: PATTERNS.storedYear,
    description:
      'A past moment: the answer is what this service answered at that moment (R26). RFC 3339 with any offset; ' +
      'write `+` as `%2B`. Before the first record of a contract, the answer has the contacts whose `registered_at` ' +
      'an import has said to be earlier still (R39), on the terms of that first record. Otherwise, for a moment ' +
      'before it or in the future, the answer is empty and says why.',
    examples: ['2026-10-01T00:00:00Z'],
  }),
)

/** Why an answer about a moment is empty. */
export const notKnown = Type.Optional(
  openList(UNKNOWN_MOMENTS, {
    description:
      'Present only if there is no data for `as_of`: the moment is in the future, or before the contract was ' +
      'registered here.',
    examples: ['before_contract'],
  }),
)

/** The answer to a read whose answer the caller has already. */
export const NOT_MODIFIED = {
  description: 'Nothing has changed since the version in `If-None-Match`. No body.',
  headers: ['ETag'] as const,
}

/** Several values of one filter, divided by commas or in a repeated parameter: of them, any will do. */
function severalValues<Item extends TSchema>(item: Item, description: string) {
  return Type.Array(item, {
    style: 'form',
    explode: false,
    minItems: 1,
    maxItems: 50,
    description:
      `${description} Separate several values with commas, or repeat the parameter; a match with any value is ` +
      'enough.',
  })
}

/** Filters by one or several values of a closed list. */
export function anyOfList<const List extends readonly string[]>(list: List, description: string) {
  return severalValues(oneOfList(list, { description: 'One value.' }), description)
}

/** Filters by one or several ids. */
export function anyIdOf(description: string, example: string) {
  return severalValues(filterId('One id.', example), description)
}

/** How a feed treats fields that later releases add; part of the description of every fed record. */
export const LATER_FIELDS =
  'Fields added after 1.0.0 are optional here: if a request omits such a field, its value stays (R38). A ' +
  'client may send back the complete object that it has read.'

/** Filters by the moment since which a thing has changed. */
export const updatedSince = Type.Optional(
  Type.String({
    format: 'date-time',
    minLength: 20,
    maxLength: 40,
    pattern: PATTERNS.storedYear,
    description:
      'Only items changed at or after this moment (`updated_at`), in the order of their changes. RFC 3339 with ' +
      'any offset; write `+` as `%2B`. An item that changes while you read the pages appears again at the end.',
    examples: ['2026-04-01T00:00:00Z'],
  }),
)

/** An id to filter by. */
export function filterId(description: string, example: string) {
  return Type.String({ minLength: 1, maxLength: 64, pattern: PATTERNS.id, description, examples: [example] })
}

/** Filters by one end of a range of moments. */
export const bound = (description: string, example: string) =>
  Type.Optional(
    Type.String({
      format: 'date-time',
      minLength: 20,
      maxLength: 41,
      pattern: PATTERNS.storedYear,
      description: `${description} RFC 3339 with any offset; write \`+\` as \`%2B\`.`,
      examples: [example],
    }),
  )
