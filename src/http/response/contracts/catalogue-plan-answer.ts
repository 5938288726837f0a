import type { CataloguePlan, MovedContract } from '#domain/contracts/catalogue-plan.ts'

const NOTHING_ELSE = { added: [], changed: [], removed: [], role_changes: [], problems: [], warnings: [] }

/** A plan of the catalogue as it is answered: of each contract only the seats differ. */
export function cataloguePlanAnswer({ moved, newly_over, contracts }: CataloguePlan) {
  return {
    feasible: true,
    moved,
    newly_over,
    contracts: contracts.map(contractPlan),
    ...(contracts.length < moved && { truncated: true }),
  }
}

function contractPlan({ contract_id, seats }: MovedContract) {
  const accounts = { opened: [], renamed: [], rekeyed: [], closed: [], residual_access: [] }
  return { contract_id, feasible: true, ...NOTHING_ELSE, accounts, seats }
}
