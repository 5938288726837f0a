import { sql, type RawBuilder } from 'kysely'
import { rarestWord } from '#domain/search-text.ts'

/** How many characters a part has at most, as `name_parts` in the migrations cuts them. */
const PART_LENGTH = 8
/** The last of all characters in the order of "C". No text of a request holds it. */
const LAST_CHARACTER = '\u{10FFFF}'

/** Whether a name contains each of the words. */
export function containsWords(searchText: RawBuilder<unknown>, words: readonly string[]): RawBuilder<boolean> {
  return sql<boolean>`(${sql.join(
    words.map(word => sql`strpos(${searchText}, ${word}) > 0`),
    sql` and `,
  )})`
}

type NameSearch = {
  /** The table of the parts, its column that says whose part it is, and which of its parts are read. */
  parts: { table: string; id: string; only: RawBuilder<unknown> }
  words: readonly string[]
  after: { part: string; id: string } | undefined
  limit: number
  /** `from` and `where` of the thing whose name it is, without the search. `part` is a part of its name. */
  named: { columns: RawBuilder<unknown>; from: RawBuilder<unknown>; searchText: RawBuilder<unknown> }
}

/**
 * A page of what a name finds, in the order of the parts found: one range of the index of parts, and of each part that
 * it holds the name. Of a name that contains the word twice the first part counts.
 */
export function foundByName<Row>({ parts, words, after, limit, named }: NameSearch): RawBuilder<Row> {
  const word = rarestWord(words)
  const beginning = Array.from(word).slice(0, PART_LENGTH).join('')
  const id = sql.ref(parts.id)
  // One lower bound: with a second one Postgres might begin at the lower of the two.
  const start = after?.part.startsWith(beginning)
    ? sql`(part, ${id}) > (${after.part}, ${after.id})`
    : sql`part >= ${beginning}`
  // OFFSET 0, because Postgres would rather join the tables whole than stop when the page is full.
  return sql<Row>`
    select found.*, part.part
    from (
      select part, ${id} from ${sql.table(parts.table)}
      where ${parts.only} and ${start} and part < ${beginning + LAST_CHARACTER}
    ) part cross join lateral (
      select ${named.columns} ${named.from}
        and part.part = substr(${named.searchText}, strpos(${named.searchText}, ${word}), ${sql.lit(PART_LENGTH)})
        and ${containsWords(named.searchText, words)}
      offset 0) found
    order by part.part, part.${id}
    limit ${limit}`
}
