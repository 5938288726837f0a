import type { FastifyReply, FastifyRequest } from 'fastify'
import type { TransferPreview } from '#actions/contracts/plan-transfer.ts'
import { answerContractPlans } from '#http/response/rosters/person-change-answer.ts'

/** Answers the plans of contracts that would go to another customer, and the accounts that would go along. */
export function answerTransferPlan(
  request: FastifyRequest,
  reply: FastifyReply,
  { contracts, ...accounts }: TransferPreview,
) {
  return { ...answerContractPlans(request, reply, contracts), ...accounts }
}
