export type OrganisationCode = 'company' | 'department' | 'role'

/** An organisation's word in a text, its place, and whether the text can still be a person's name. */
export type OrganisationWord = { code: OrganisationCode; start: number; end: number; is_certain: boolean }
