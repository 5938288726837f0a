/** The media types of a JSON body, and of a JSON Merge Patch (RFC 7396), which may be sent as plain JSON too. */
export const JSON_BODY = ['application/json'] as const
/** The media type of tables that are read as they arrive. */
export const TABLE_BODY = ['text/csv'] as const
export const MERGE_PATCH_BODY = ['application/merge-patch+json', ...JSON_BODY] as const
