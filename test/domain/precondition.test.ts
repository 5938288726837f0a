import t from 'tap'
import { assertPreconditions, coversWeakly, type Preconditions } from '#domain/precondition.ts'
import { RefusedError, type Refusal } from '#domain/refusal.ts'

const CURRENT = '"a"'

function refusedWith(preconditions: Preconditions, current: string | null): readonly Refusal[] {
  try {
    assertPreconditions(preconditions, current)
    return []
  } catch (error) {
    if (error instanceof RefusedError) return error.refusals
    throw error
  }
}

const holds = (preconditions: Preconditions, current: string | null) => refusedWith(preconditions, current).length === 0

t.test('without conditions every write goes on', async t => {
  t.ok(holds({}, CURRENT))
  t.ok(holds({}, null))
})

t.test('If-Match holds for one of its tags, and for * where something is there', async t => {
  t.ok(holds({ if_match: ['"b"', CURRENT] }, CURRENT))
  t.ok(holds({ if_match: '*' }, CURRENT))
  t.notOk(holds({ if_match: ['"b"'] }, CURRENT))
  t.notOk(holds({ if_match: [] }, CURRENT))
  t.notOk(holds({ if_match: '*' }, null))
  t.notOk(holds({ if_match: [CURRENT] }, null))
})

t.test('If-Match compares strongly: a weak tag never matches', async t => {
  t.notOk(holds({ if_match: ['W/"a"'] }, CURRENT))
})

t.test('If-None-Match: * holds only where nothing is there', async t => {
  t.ok(holds({ if_none_match: '*' }, null))
  t.notOk(holds({ if_none_match: '*' }, CURRENT))
})

t.test('If-None-Match with tags fails for the current one, weak or strong', async t => {
  t.ok(holds({ if_none_match: ['"b"'] }, CURRENT))
  t.ok(holds({ if_none_match: [CURRENT] }, null))
  t.notOk(holds({ if_none_match: ['"b"', CURRENT] }, CURRENT))
  t.notOk(holds({ if_none_match: ['W/"a"'] }, CURRENT))
})

t.test('both conditions have to hold', async t => {
  t.ok(holds({ if_match: [CURRENT], if_none_match: ['"b"'] }, CURRENT))
  t.notOk(holds({ if_match: [CURRENT], if_none_match: [CURRENT] }, CURRENT))
})

t.test('a stale write learns what is there now', async t => {
  t.strictSame(refusedWith({ if_match: ['"b"'] }, CURRENT), [{ type: 'precondition-failed', current_etag: CURRENT }])
  t.strictSame(refusedWith({ if_match: '*' }, null), [{ type: 'precondition-failed', current_etag: null }])
})

t.test('weak comparison takes no notice of W/', async t => {
  t.ok(coversWeakly(['"b"', 'W/"a"'], CURRENT))
  t.notOk(coversWeakly(['w/"a"', '"b"'], CURRENT))
})
