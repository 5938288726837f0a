/** The problems of a change of contacts that breaks a rule. */
export const OF_THE_RULES = [
  'seat-limit-reached',
  'primary-required',
  'primary-exists',
  'duplicate-contact',
  'person-elsewhere',
  'email-in-use',
  'email-taken',
  'contract-not-in-force',
  'unknown-reference',
  'invalid-value',
  'removals-unconfirmed',
  'name-not-personal',
] as const
