/** Another live service owns the data folder. */
export class EmbeddedPostgresInUseError extends Error {
  override name = 'EmbeddedPostgresInUseError'
  constructor(dataDir: string) {
    super(
      `the data folder ${dataDir} is in use: another running service uses it. ` +
        'Stop that one, or give this one a data folder of its own',
    )
  }
}
