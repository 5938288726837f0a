/** Where every property test of the domain starts; a failure prints it again, with the path to the counterexample. */
export const SEED = 20240401
