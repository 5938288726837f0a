import type { FastifyRequest } from 'fastify'
import type { ContractPosition } from '#db/contracts/contract-pages.ts'
import { isDay, isMoment } from '#domain/moment.ts'
import { isIdPosition, pageRequest, type PageRequest } from '#http/request/paging.ts'

function isContractPosition(value: unknown): value is ContractPosition {
  const { contract_id, day, updated_at } = (value ?? {}) as Record<string, unknown>
  return (
    isIdPosition(contract_id) && (day === undefined || isDay(day)) && (updated_at === undefined || isMoment(updated_at))
  )
}

/** Reads `limit` and `cursor` of the list of contracts, in whichever order it is. */
export function contractPage(request: FastifyRequest): PageRequest<ContractPosition> {
  return pageRequest(request, { contract_id: '' }, isContractPosition)
}
