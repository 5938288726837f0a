import type { ContractPosition } from '#db/contract-pages.ts'
import { isDay, isMoment } from '#domain/moment.ts'
import { isText } from '#http/request/paging.ts'

export function isContractPosition(value: unknown): value is ContractPosition {
  const { contract_id, day, updated_at } = (value ?? {}) as Record<string, unknown>
  return isText(contract_id) && (day === undefined || isDay(day)) && (updated_at === undefined || isMoment(updated_at))
}
