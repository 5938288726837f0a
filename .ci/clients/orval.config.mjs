// oxlint-disable-next-line import/no-default-export -- orval takes no other
export default {
  registry: {
    input: '../../openapi/openapi.json',
    output: {
      target: 'generated/sources/orval.ts',
      client: 'fetch',
      baseUrl: {
        runtime: 'target.base_url',
        imports: [{ name: 'target', importPath: '../../programs/orval-target.js' }],
      },
    },
  },
}
