import t from 'tap'
import { FIRST_UUID, firstUuidOf } from '#domain/first-uuid.ts'

t.test(
  'the first id of a moment comes before all ids of that moment, and after those of the moment before',
  async t => {
    const moment = Date.parse('2026-04-01T00:30:00.000Z')
    t.match(firstUuidOf(moment), /^[0-9a-f]{8}-[0-9a-f]{4}-7000-8000-0{12}$/)
    t.equal(Number.parseInt(firstUuidOf(moment).replace('-', '').slice(0, 12), 16), moment)
    t.equal(firstUuidOf(0), '00000000-0000-7000-8000-000000000000')
    const ids = [FIRST_UUID, firstUuidOf(0), firstUuidOf(moment - 1), firstUuidOf(moment)]
    t.strictSame(ids.toSorted(), ids)
  },
)
