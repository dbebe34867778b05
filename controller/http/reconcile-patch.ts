import { RequestRefused } from './status.ts';

export const reconcileAnnotation = 'fintech.global/reconcile-requested-at';

export const readOnlyMessage = 'this API is read-only: change the manifest and commit';

/**
 * The one change that the API takes: a merge patch that sets the annotation by which a reconcile is asked for,
 * and nothing else. Answers with the value of the annotation.
 */
export function requestedAt(contentType: string | undefined, body: unknown): string {
  const type = contentType?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/merge-patch+json' || typeof body !== 'string')
    throw new RequestRefused('MethodNotAllowed', readOnlyMessage);
  const annotations = onlyField(onlyField(parse(body), 'metadata'), 'annotations');
  const value = onlyField(annotations, reconcileAnnotation);
  if (typeof value !== 'string' || value === '')
    throw new RequestRefused('MethodNotAllowed', readOnlyMessage);
  return value;
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new RequestRefused('BadRequest', 'the patch is not JSON');
  }
}

function onlyField(value: unknown, name: string): unknown {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const [[key, field] = [], ...others] = entries;
  return key === name && others.length === 0 ? field : undefined;
}
