import t from 'tap'
import { IN_EACH_STATE } from './change-request-facts.ts'
import { changeRequestView } from '#domain/change-requests/change-request-view.ts'
import { isOpen } from '#domain/change-requests/change-request.ts'
import type { RosterPreview } from '#domain/rosters/roster-preview.ts'

const OPEN = ['needs_primary_confirmation', 'needs_approval', 'ready', 'scheduled']
const PLAN: RosterPreview = {
  contract_id: 'C-1',
  seats: { before: { limit: 4, used: 1, available: 3, over: 0 }, after: { limit: 4, used: 1, available: 3, over: 0 } },
  added: [],
  changed: [],
  removed: [],
  role_changes: [],
  accounts: { opened: [], closed: [], renamed: [], rekeyed: [], residual_access: [] },
  refusals: [],
  warnings: [],
}

t.test('a request is open until it comes to a final state, and shows its plan until then', async t => {
  for (const request of Object.values(IN_EACH_STATE)) {
    t.equal(isOpen(request), OPEN.includes(request.state), request.state)
    t.equal(changeRequestView(request, [PLAN]).plan, isOpen(request) ? PLAN : null, request.state)
  }
})
