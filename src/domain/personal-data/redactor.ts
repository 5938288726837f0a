import { writtenAddresses } from '#domain/addresses/written-addresses.ts'
import { likenessKey } from '#domain/names/name-keys.ts'
import { withoutPerson, type Blanking, type Erasing } from '#domain/personal-data/person-redaction.ts'

/** A person who is erased: by what the person is recognised, and what no other person has. */
export type ErasedTraces = Omit<Erasing, 'blanking'>

/** A document without people, and which of them it named, as places in the list of people. */
type Redacted<Value> = { value: Value; named: number[] }

/** Takes people out of a document (R33): all that it names, or those alone whose places in the list `isMeant` takes. */
export type Redactor = <Value>(
  value: Value,
  blanking: Blanking,
  isMeant?: (place: number) => boolean,
) => Redacted<Value>

/**
 * Takes several people out of documents. Nearly all documents name none of them, so each document is first searched as
 * one text for what they are recognised by.
 */
export function redactorOf(people: readonly ErasedTraces[]): Redactor {
  const marks = people.map(marksOf)
  return (value, blanking, isMeant = () => true) => {
    const text = searchedText(JSON.stringify(value))
    let left = value
    const named: number[] = []
    for (const [place, person] of people.entries()) {
      if (!isMeant(place)) continue
      if (text !== null && marks[place]?.some(mark => text.includes(mark)) === false) continue
      const next = withoutPerson(left, { ...person, blanking })
      if (JSON.stringify(next) === JSON.stringify(left)) continue
      named.push(place)
      left = next
    }
    return { value: left, named }
  }
}

/** What a document that names the person contains at least one of, in one of its forms. */
function marksOf({ traces, external_ids }: ErasedTraces): string[] {
  const { contact_ids, email_keys, whole_names, family_names } = traces
  const marks = [...contact_ids, ...writtenAddresses(email_keys), ...external_ids, ...whole_names, ...family_names]
  return marks.filter(mark => mark !== '')
}

/** A document in the forms that are searched. Null where it may write an address or a name in yet another way. */
function searchedText(json: string): string | null {
  const compared = likenessKey({ family_name: json, given_name: null })
  const text = `${json}\n${json.normalize('NFKC').toLowerCase()}\n${compared}`
  return /@[^\s"]*[^\p{ASCII}]|%40|\\/u.test(text) ? null : text
}
