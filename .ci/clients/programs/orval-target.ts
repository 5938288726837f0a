/** Where the client that orval generates sends its requests. */
export const target = { base_url: '' }
