/** Where an import leads. */
export const importLinks = {
  getImport: {
    operationId: 'getImport',
    description: 'Reads how far the import is.',
    parameters: { import_id: '$response.body#/import_id' },
  },
  listImportRows: {
    operationId: 'listImportRows',
    description: 'Lists what became of its rows.',
    parameters: { import_id: '$response.body#/import_id' },
  },
  cancelImport: {
    operationId: 'cancelImport',
    description: 'Stops it between contracts.',
    parameters: { import_id: '$response.body#/import_id' },
  },
}
