import type { PersonName } from '#domain/person-name.ts'

/**
 * A name without its title, and the title. `is_certain`: the rest is a surname of the lists, with or without a given
 * name, so that the title may be cut; other names stay as they are.
 */
export type Titled = { rest: PersonName; title: string; is_certain: boolean }
