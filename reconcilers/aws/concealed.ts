/** Waits for a call that takes a secret. Should its error repeat the secret, nobody gets to see it. */
export async function concealing<T>(secret: string, call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    conceal(error, secret);
    throw error;
  }
}

function conceal(error: unknown, secret: string): void {
  if (!(error instanceof Error)) return;
  error.message = error.message.replaceAll(secret, '(concealed)');
  if (error.stack !== undefined) error.stack = error.stack.replaceAll(secret, '(concealed)');
  conceal(error.cause, secret);
}
