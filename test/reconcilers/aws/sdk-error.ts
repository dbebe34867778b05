/** An error as the SDK throws it. */
export function sdkError(name: string, httpStatusCode?: number, requestId?: string): Error {
  const error = Object.assign(new Error('AWS says no'), { $metadata: { httpStatusCode, requestId } });
  error.name = name;
  return error;
}
