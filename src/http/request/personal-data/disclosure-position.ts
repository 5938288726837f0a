import type { FastifyRequest } from 'fastify'
import type { DisclosurePosition } from '#db/personal-data/disclosure-pages.ts'
import type { DisclosureRecord } from '#domain/personal-data/disclosure.ts'
import { isMoment } from '#domain/moment.ts'
import { isUuid, pageRequest, type PageRequest } from '#http/request/paging.ts'

// Where the list of the newest disclosures first starts.
const AFTER_ALL: DisclosurePosition = {
  taken_at: '9999-12-31T23:59:59.999Z',
  disclosure_id: 'ffffffff-ffff-ffff-ffff-ffffffffffff',
}

function isDisclosurePosition(value: unknown): value is DisclosurePosition {
  const { taken_at, disclosure_id } = (value ?? {}) as Record<string, unknown>
  return isMoment(taken_at) && isUuid(disclosure_id)
}

/** The place of a disclosure in their list. */
export function disclosurePositionOf({ taken_at, disclosure_id }: DisclosureRecord): DisclosurePosition {
  return { taken_at, disclosure_id }
}

/** Reads `limit` and `cursor` of the list of disclosures, the newest first. */
export function disclosurePage(request: FastifyRequest): PageRequest<DisclosurePosition> {
  return pageRequest(request, AFTER_ALL, isDisclosurePosition)
}
